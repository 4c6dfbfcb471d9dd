package io.replaylinker.sinks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Batches for tests, without a sink. */
public final class Batches {

    private Batches() {}

    /** A batch of partition 0 that starts at the offset. */
    public static <T> Batch of(long firstOffset, RowEncoder<T> encoder, long timestampMs, List<T> values) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            for (T value : values) {
                encoder.encode(value, timestampMs, content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Batch(
                new TopicPartition("replay-links", 0),
                firstOffset,
                firstOffset + values.size() - 1,
                values.size(),
                content.toByteArray());
    }
}
