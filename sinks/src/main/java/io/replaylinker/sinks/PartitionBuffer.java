package io.replaylinker.sinks;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What has been read of one partition and is not yet safe: closed batches in the order of their offsets, and the one that still
 * grows. Only as far as batches have been acknowledged from the front may offsets be committed.
 */
final class PartitionBuffer {

    /** One batch in flight and one ready behind it: more would only fill the heap. */
    private static final int CLOSED_BATCHES = 2;

    private final TopicPartition partition;
    private final BatchLimits limits;
    private final Deque<Batch> closed = new ArrayDeque<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private int rows;
    private long firstOffset;
    private long lastOffset;
    private long openedNanos;
    private @Nullable Long stalledUntilNanos;

    PartitionBuffer(TopicPartition partition, BatchLimits limits) {
        this.partition = partition;
        this.limits = limits;
    }

    TopicPartition partition() {
        return partition;
    }

    void add(long offset, ByteArrayOutputStream row, long nowNanos) {
        if (rows == 0) {
            firstOffset = offset;
            openedNanos = nowNanos;
        }
        lastOffset = offset;
        content.writeBytes(row.toByteArray());
        rows++;
        if (rows >= limits.rows() || content.size() >= limits.bytes()) {
            close();
        }
    }

    /** Closes the growing batch if its first record has waited long enough. */
    void closeIfDue(long nowNanos) {
        if (rows > 0 && nowNanos - openedNanos >= limits.delay().toNanos()) {
            close();
        }
    }

    void close() {
        if (rows > 0) {
            closed.add(new Batch(partition, firstOffset, lastOffset, rows, content.toByteArray()));
            content.reset();
            rows = 0;
        }
    }

    /** The oldest closed batch, which stays until it is acknowledged. */
    @Nullable Batch head() {
        return closed.peek();
    }

    /** The head is safe. */
    void acknowledge() {
        closed.remove();
    }

    boolean isEmpty() {
        return rows == 0 && closed.isEmpty();
    }

    /** Reading stops for a while, because a record could not be decoded for a reason that may pass. */
    void stallUntil(long nanos) {
        stalledUntilNanos = nanos;
    }

    boolean wantsMore(long nowNanos) {
        if (stalledUntilNanos != null && nowNanos - stalledUntilNanos >= 0) {
            stalledUntilNanos = null;
        }
        return stalledUntilNanos == null && closed.size() < CLOSED_BATCHES;
    }
}
