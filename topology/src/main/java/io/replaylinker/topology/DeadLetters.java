package io.replaylinker.topology;

import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.serdes.Decoded;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Creates dead letters. A dead letter has the position of a rejected record and what identifies it, in a few hundred
 * bytes whatever the size of the record.
 */
final class DeadLetters {

    private final String stage;
    private final int headBytes;

    DeadLetters(String stage, int headBytes) {
        this.stage = stage;
        this.headBytes = headBytes;
    }

    DeadLetter create(RecordMetadata source, long recordMs, byte @Nullable [] value, Decoded.Rejection<?> rejection) {
        DeadLetter deadLetter = new DeadLetter();
        deadLetter.setTopic(source.topic());
        deadLetter.setPartition(source.partition());
        deadLetter.setOffset(source.offset());
        deadLetter.setRecordTimestampMs(recordMs);
        deadLetter.setStage(stage);
        deadLetter.setReason(rejection.reason().name());
        deadLetter.setDetail(rejection.detail());
        deadLetter.setException(rejection.exceptionClass());
        deadLetter.setSizeBytes(value == null ? -1 : value.length);
        deadLetter.setSha256(value == null ? null : ByteBuffer.wrap(sha256(value)));
        deadLetter.setHead(
                value == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(value, 0, Math.min(headBytes, value.length)));
        return deadLetter;
    }

    private static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
