package io.replaylinker.topology;

import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.serdes.Decoded;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Writes down what could not be read: where it is and how to recognise it, a few hundred bytes whatever its size. */
final class DeadLetters {

    private final String stage;
    private final int headBytes;

    DeadLetters(String stage, int headBytes) {
        this.stage = stage;
        this.headBytes = headBytes;
    }

    DeadLetter letter(RecordMetadata source, long recordMs, byte @Nullable [] value, Decoded.Rejection<?> rejection) {
        DeadLetter letter = new DeadLetter();
        letter.setTopic(source.topic());
        letter.setPartition(source.partition());
        letter.setOffset(source.offset());
        letter.setRecordTimestampMs(recordMs);
        letter.setStage(stage);
        letter.setReason(rejection.reason().name());
        letter.setDetail(rejection.detail());
        letter.setException(rejection.exceptionClass());
        letter.setSizeBytes(value == null ? -1 : value.length);
        letter.setSha256(value == null ? null : ByteBuffer.wrap(sha256(value)));
        letter.setHead(
                value == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(value, 0, Math.min(headBytes, value.length)));
        return letter;
    }

    private static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
