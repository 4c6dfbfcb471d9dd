package io.replaylinker.tools.deadletter;

import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.DeadLetters;
import io.replaylinker.schemas.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter and when it was written.
 *
 * @param written timestamp of the dead letter's own record
 */
record DeadLetterRecord(DeadLetter content, Instant written) {

    Place place() {
        return new Place(content.getTopic(), content.getPartition(), content.getOffset());
    }

    boolean isOfSink() {
        return content.getStage().equals(DeadLetters.SINK);
    }

    boolean isOfReplay() {
        return content.getStage().equals(DeadLetters.DECODE_REPLAYS);
    }

    /** When the record was appended in Kafka, if known. */
    Instant recordTime() {
        return content.getRecordTimestampMs() < 0 ? written : Instant.ofEpochMilli(content.getRecordTimestampMs());
    }

    /** Whether the value is that of the original record, by its hash. */
    boolean isAbout(byte @Nullable [] value) {
        ByteBuffer hash = content.getSha256();
        if (value == null || hash == null) {
            return value == null && hash == null;
        }
        return MessageDigest.isEqual(Sha256.of(value), bytes(hash));
    }

    /** 64 hex digits, or a dash for a record without a value. */
    String sha256() {
        return content.getSha256() == null ? "-" : HexFormat.of().formatHex(bytes(content.getSha256()));
    }

    /** First bytes of the record's value, as many as the settings allowed; empty by default. */
    byte[] head() {
        return bytes(content.getHead());
    }

    String size() {
        return content.getSizeBytes() < 0 ? "-" : String.format(Locale.ROOT, "%,d", content.getSizeBytes());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
