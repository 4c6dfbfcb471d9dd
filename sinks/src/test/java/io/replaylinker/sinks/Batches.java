package io.replaylinker.sinks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Batches for tests, without a sink. */
public final class Batches {

    private Batches() {}

    /** A batch of partition 0 that starts at the offset. */
    public static <T> Batch of(long firstOffset, RowEncoder<T> encoder, long timestampMs, List<T> values) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        List<SourceRecord> records = new ArrayList<>();
        try {
            for (T value : values) {
                int before = content.size();
                encoder.encode(value, timestampMs, content);
                records.add(new SourceRecord(firstOffset + records.size(), 0, content.size() - before, null));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Batch(new TopicPartition("replay-links", 0), records, content.toByteArray());
    }
}
