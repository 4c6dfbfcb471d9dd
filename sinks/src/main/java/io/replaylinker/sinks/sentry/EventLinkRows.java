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
 * Links on their way through a batch: of each what becomes of it, the size of its message and the message. A link
 * that is not told has a row with an empty message, so that it can be counted when its batch is safe, and a retry counts nothing.
 */
final class EventLinkRows implements RowEncoder<Link> {

    /**
     * What a batch holds.
     *
     * @param messages JSON, in the order of their links
     * @param outcomes how many links came to which outcome
     */
    record Content(List<byte[]> messages, Map<EventLinkOutcome, Integer> outcomes) {}

    private final EventLinkMode mode;

    EventLinkRows(EventLinkMode mode) {
        if (mode == EventLinkMode.OFF) {
            throw new IllegalArgumentException("a sink that tells nothing need not run");
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

    /** Reads the rows back. */
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
