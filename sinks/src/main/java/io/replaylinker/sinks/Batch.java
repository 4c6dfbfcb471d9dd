package io.replaylinker.sinks;

import io.replaylinker.schemas.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** A range of offsets of one partition as encoded rows, which can be inserted any number of times. Immutable. */
public final class Batch {

    private final TopicPartition partition;
    private final List<SourceRecord> records;
    private final byte[] content;
    private final String token;

    /**
     * A batch that takes ownership of the rows. The caller neither keeps nor changes them.
     *
     * @param records the source of the rows, at least one, in offset order
     * @param content the encoded rows, one after the other
     */
    Batch(TopicPartition partition, List<SourceRecord> records, byte[] content) {
        if (records.isEmpty()) {
            throw new IllegalArgumentException("a batch holds at least one row");
        }
        this.partition = partition;
        this.records = List.copyOf(records);
        this.content = content;
        this.token = Sha256.hex(content);
    }

    public TopicPartition partition() {
        return partition;
    }

    /** The offset of the first record. */
    public long firstOffset() {
        return records.get(0).offset();
    }

    /** The offset of the last record. */
    public long lastOffset() {
        return records.get(records.size() - 1).offset();
    }

    public int rows() {
        return records.size();
    }

    /** The earliest timestamp of the records, epoch milliseconds. */
    long earliestTimestampMs() {
        return records.stream().mapToLong(SourceRecord::timestampMs).min().orElseThrow();
    }

    /** The size of all encoded rows. */
    public int byteCount() {
        return content.length;
    }

    /**
     * The deduplication token: 64 hex digits, the same for the same rows. It is a hash of the rows and not of the offsets. After a topic
     * was deleted and recreated, the same offsets carry other rows, which ClickHouse would otherwise drop as duplicates.
     */
    public String token() {
        return token;
    }

    /** Writes the encoded rows, one after the other. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(content);
    }

    /** The range in readable form: topic-partition@first..last. */
    public String range() {
        return partition + "@" + firstOffset() + ".." + lastOffset();
    }

    List<SourceRecord> records() {
        return records;
    }

    /** Splits the rows into two batches with their own tokens. The same batch is always split in the same way. */
    List<Batch> halves() {
        if (rows() < 2) {
            throw new IllegalStateException("one row has no halves");
        }
        return List.of(part(0, rows() / 2), part(rows() / 2, rows()));
    }

    private Batch part(int from, int to) {
        int start = records.subList(0, from).stream()
                .mapToInt(SourceRecord::rowBytes)
                .sum();
        int size = records.subList(from, to).stream()
                .mapToInt(SourceRecord::rowBytes)
                .sum();
        return new Batch(partition, records.subList(from, to), Arrays.copyOfRange(content, start, start + size));
    }

    @Override
    public String toString() {
        return range() + " (" + rows() + " rows, " + content.length + " bytes)";
    }
}
