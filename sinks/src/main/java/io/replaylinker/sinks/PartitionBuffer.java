package io.replaylinker.sinks;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records read from one partition that are not yet safe: the closed batches in offset order, and the open one. Offsets may be committed
 * only up to the first batch that is not acknowledged. Batches that a previous sink has noted are cut at the same offsets, whatever the
 * limits are now.
 */
final class PartitionBuffer {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionBuffer.class);

    /** One batch in flight and one ready behind it. More would only fill the heap. */
    private static final int CLOSED_BATCHES = 2;

    private final TopicPartition partition;
    private final BatchLimits limits;
    private final Deque<PendingRange> noted;
    private final Deque<Batch> closed = new ArrayDeque<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private List<SourceRecord> records = new ArrayList<>();
    private long openedNanos;
    private @Nullable Long stalledUntilNanos;
    private @Nullable Long endSeenNanos;

    /** @param noted the batches to cut first, as a previous sink has noted them */
    PartitionBuffer(TopicPartition partition, BatchLimits limits, Collection<PendingRange> noted) {
        this.partition = partition;
        this.limits = limits;
        this.noted = new ArrayDeque<>(noted);
    }

    TopicPartition partition() {
        return partition;
    }

    /** Adds a row. It is copied from the stream, which the caller may reuse. */
    void add(SourceRecord record, ByteArrayOutputStream row, long nowNanos) {
        while (isBehindNoted(record.offset())) {
            closeNoted("offset " + record.offset() + " comes next");
        }
        if (records.isEmpty()) {
            openedNanos = nowNanos;
        }
        endSeenNanos = null;
        records.add(record);
        content.writeBytes(row.toByteArray());
        PendingRange range = noted.peek();
        if (range != null) {
            if (record.offset() == range.lastOffset()) {
                closeNoted("its end is reached");
            }
        } else if (records.size() >= limits.rows() || content.size() >= limits.bytes()) {
            cut();
        }
    }

    private boolean isBehindNoted(long offset) {
        PendingRange range = noted.peek();
        return range != null && offset > range.lastOffset();
    }

    /** Closes the open batch if its first record has waited for the limit. */
    void closeIfDue(long nowNanos) {
        if (noted.isEmpty()
                && !records.isEmpty()
                && nowNanos - openedNanos >= limits.delay().toNanos()) {
            cut();
        }
    }

    /** Closes the open batch, except for a partly read noted batch, which the next sink has to cut as a whole. */
    void close() {
        if (noted.isEmpty() && !records.isEmpty()) {
            cut();
        }
    }

    /**
     * Notes that the partition ends before a noted batch does. If this lasts for the delay of a batch, the missing records will not arrive
     * any more. A new leader may report an earlier end for a moment.
     */
    void reachedEnd(long nowNanos) {
        if (endSeenNanos == null) {
            endSeenNanos = nowNanos;
        } else if (nowNanos - endSeenNanos >= limits.delay().toNanos()) {
            giveUpNoted("the partition ends before");
        }
    }

    /** Gives up the noted batches: their missing records will not arrive, and nothing needs to wait for them. */
    void giveUpNoted(String why) {
        while (!noted.isEmpty()) {
            closeNoted(why);
        }
    }

    boolean isRebuilding() {
        return !noted.isEmpty();
    }

    private void closeNoted(String why) {
        PendingRange range = noted.remove();
        Batch batch = records.isEmpty() ? null : cut();
        if (batch == null || batch.rows() != range.rows()) {
            LOG.warn(
                    "{}: of the {} rows up to offset {} that were pending when the last sink ended, Kafka still has {}"
                            + " ({}); the others are in the table if that insert reached it",
                    partition,
                    range.rows(),
                    range.lastOffset(),
                    batch == null ? 0 : batch.rows(),
                    why);
        } else if (!range.isOf(batch)) {
            LOG.warn(
                    "{}: the rows of {} differ from those that were pending when the last sink ended (another release, or a"
                            + " recreated topic); they are inserted as they are now",
                    partition,
                    batch.range());
        } else {
            LOG.info("{}: the pending batch {} is inserted again unchanged", partition, batch.range());
        }
    }

    private Batch cut() {
        Batch batch = new Batch(partition, records, content.toByteArray());
        closed.add(batch);
        content.reset();
        records = new ArrayList<>();
        return batch;
    }

    /** The oldest closed batch. It stays until it is acknowledged. */
    @Nullable Batch head() {
        return closed.peek();
    }

    /** The ranges that a next sink would have to cut again: the closed batches, and the noted batches that are not read yet. */
    List<PendingRange> pending() {
        List<PendingRange> pending =
                new ArrayList<>(closed.stream().map(PendingRange::of).toList());
        pending.addAll(noted);
        return pending;
    }

    /** Removes the head, which is safe. */
    void acknowledge() {
        closed.remove();
    }

    boolean isEmpty() {
        return records.isEmpty() && closed.isEmpty() && noted.isEmpty();
    }

    /** Returns whether all records read are safe. A partly read noted batch may remain for the next sink. */
    boolean isDrained() {
        return closed.isEmpty() && (records.isEmpty() || isRebuilding());
    }

    /** Pauses reading, because a record could not be decoded for a reason that may pass. */
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
