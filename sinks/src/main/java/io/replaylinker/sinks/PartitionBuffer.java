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
 * What has been read of one partition and is not yet safe: closed batches in the order of their offsets, and the one that still
 * grows. Only as far as batches have been acknowledged from the front may offsets be committed. Batches that a sink before this one
 * has cut are cut again where they were, whatever the limits are now.
 */
final class PartitionBuffer {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionBuffer.class);

    /** One batch in flight and one ready behind it: more would only fill the heap. */
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

    /** @param noted the batches to be cut first, as a sink before this one has noted them */
    PartitionBuffer(TopicPartition partition, BatchLimits limits, Collection<PendingRange> noted) {
        this.partition = partition;
        this.limits = limits;
        this.noted = new ArrayDeque<>(noted);
    }

    TopicPartition partition() {
        return partition;
    }

    /** Takes a row; its size is read from the stream, which the caller may use again. */
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

    /** Closes the growing batch if its first record has waited long enough. */
    void closeIfDue(long nowNanos) {
        if (noted.isEmpty()
                && !records.isEmpty()
                && nowNanos - openedNanos >= limits.delay().toNanos()) {
            cut();
        }
    }

    /** Closes what grows, but for half of a noted batch, which the next sink has to cut as a whole. */
    void close() {
        if (noted.isEmpty() && !records.isEmpty()) {
            cut();
        }
    }

    /**
     * The partition ends before a noted batch does. What stays so for as long as a batch waits will not come any more; a new leader may
     * show less for a moment.
     */
    void reachedEnd(long nowNanos) {
        if (endSeenNanos == null) {
            endSeenNanos = nowNanos;
        } else if (nowNanos - endSeenNanos >= limits.delay().toNanos()) {
            giveUpNoted("the partition ends before");
        }
    }

    /** What was noted and has not come will not come any more, and nobody need wait for it. */
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
                    "{}: of the {} rows up to offset {} that were on their way when the last sink ended, Kafka still has {}"
                            + " ({}); the others are in the table if that insert reached it",
                    partition,
                    range.rows(),
                    range.lastOffset(),
                    batch == null ? 0 : batch.rows(),
                    why);
        } else if (!range.isOf(batch)) {
            LOG.warn(
                    "{}: the rows of {} are not those that were on their way when the last sink ended (another release, or a"
                            + " topic that was made again); they are inserted as they are now",
                    partition,
                    batch.range());
        } else {
            LOG.info("{}: the batch {} that was on its way is inserted again as it was", partition, batch.range());
        }
    }

    private Batch cut() {
        Batch batch = new Batch(partition, records, content.toByteArray());
        closed.add(batch);
        content.reset();
        records = new ArrayList<>();
        return batch;
    }

    /** The oldest closed batch, which stays until it is acknowledged. */
    @Nullable Batch head() {
        return closed.peek();
    }

    /** What a sink after this one would have to cut again: the closed batches, and what is yet to be read of noted ones. */
    List<PendingRange> pending() {
        List<PendingRange> pending =
                new ArrayList<>(closed.stream().map(PendingRange::of).toList());
        pending.addAll(noted);
        return pending;
    }

    /** The head is safe. */
    void acknowledge() {
        closed.remove();
    }

    boolean isEmpty() {
        return records.isEmpty() && closed.isEmpty() && noted.isEmpty();
    }

    /** Whether all that was read is safe; what is left may be half of a noted batch, which is for the next sink. */
    boolean isDrained() {
        return closed.isEmpty() && (records.isEmpty() || isRebuilding());
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
