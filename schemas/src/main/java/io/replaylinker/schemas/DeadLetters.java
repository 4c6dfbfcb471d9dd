package io.replaylinker.schemas;

import java.nio.ByteBuffer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Creates the dead letters of a stage. A dead letter has the position of a record and what identifies it, in a few hundred bytes whatever
 * the size of the record.
 *
 * @param stage the step that could not process the record, such as {@link #SINK}
 * @param headBytes first bytes of a record's value that its dead letter contains, 0 to 4096; they may be personal data
 */
@NullMarked
public record DeadLetters(String stage, int headBytes) {

    /** Stage of dead letters for events that could not be read. */
    public static final String DECODE_EVENTS = "decode-events";

    /** The same for spans. */
    public static final String DECODE_SPANS = "decode-spans";

    /** The same for replay segments. */
    public static final String DECODE_REPLAYS = "decode-replays";

    /** Stage of dead letters for rows that ClickHouse refused. */
    public static final String SINK = "sink";

    /**
     * Creates a dead letter.
     *
     * @param timestampMs timestamp of the Kafka record, epoch milliseconds
     * @param value of the record, null for a tombstone
     * @param reason one of a fixed set of names
     * @param exceptionClass class name of the causing exception
     */
    public DeadLetter create(
            String topic,
            int partition,
            long offset,
            long timestampMs,
            byte @Nullable [] value,
            String reason,
            String detail,
            @Nullable String exceptionClass) {
        DeadLetter deadLetter = new DeadLetter();
        deadLetter.setTopic(topic);
        deadLetter.setPartition(partition);
        deadLetter.setOffset(offset);
        deadLetter.setRecordTimestampMs(timestampMs);
        deadLetter.setStage(stage);
        deadLetter.setReason(reason);
        deadLetter.setDetail(detail);
        deadLetter.setException(exceptionClass);
        deadLetter.setSizeBytes(value == null ? -1 : value.length);
        deadLetter.setSha256(value == null ? null : ByteBuffer.wrap(Sha256.of(value)));
        deadLetter.setHead(
                value == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(value, 0, Math.min(headBytes, value.length)));
        return deadLetter;
    }
}
