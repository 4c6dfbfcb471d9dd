package io.replaylinker.sinks.sentry;

import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.Batch;
import io.replaylinker.sinks.RowEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Encodes links as the rows of a batch: outcome, message size and message. A link that is not published has a row with an empty message.
 * This way it is counted when its batch is safe, and a retry counts nothing.
 */
final class EventLinkRows implements RowEncoder<Link> {

    /**
     * The content of a batch.
     *
     * @param messages JSON, in the order of the links
     * @param outcomes number of links per outcome
     */
    record Content(List<byte[]> messages, Map<EventLinkOutcome, Integer> outcomes) {}

    private final EventLinkMode mode;

    EventLinkRows(EventLinkMode mode) {
        if (mode == EventLinkMode.OFF) {
            throw new IllegalArgumentException("a sink with mode OFF is not created");
        }
        this.mode = mode;
    }

    @Override
    public void encode(Link link, long recordTimestampMs, OutputStream out) throws IOException {
        EventLinkOutcome outcome = EventLinkOutcome.of(link, mode);
        byte[] message = outcome == EventLinkOutcome.SENT ? EventLinkMessage.of(link) : new byte[0];
        DataOutputStream row = new DataOutputStream(out);
        row.writeUTF(outcome.name());
        row.writeInt(message.length);
        row.write(message);
    }

    /** Decodes the rows of a batch. */
    static Content of(Batch batch) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(batch.byteCount());
        List<byte[]> messages = new ArrayList<>(batch.rows());
        Map<EventLinkOutcome, Integer> outcomes = new EnumMap<>(EventLinkOutcome.class);
        try {
            batch.writeTo(content);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(content.toByteArray()));
            while (in.available() > 0) {
                EventLinkOutcome outcome = EventLinkOutcome.valueOf(in.readUTF());
                outcomes.merge(outcome, 1, Integer::sum);
                byte[] message = in.readNBytes(in.readInt());
                if (outcome == EventLinkOutcome.SENT) {
                    messages.add(message);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail like a file", e);
        }
        return new Content(messages, outcomes);
    }
}
