package io.replaylinker.topology.join;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * When which row is due, by the join's own clock: earliest first, and of equal times in the order in which they were added. They lie in
 * buckets of a second each, of which only the first one is sorted.
 */
final class Deadlines {

    private static final long BUCKET_MS = 1_000;

    /** The bucket, its arrays, and its place in the tree. */
    private static final int BUCKET_BYTES = 144;

    /** Its place in two arrays that are three quarters full, and a part of the keys, most of which are those of the rows. */
    private static final int DEADLINE_BYTES = 16;

    private final Rows rows;
    private final TreeMap<Long, Bucket> buckets = new TreeMap<>();
    private long size;
    private long expiredUntilMs = Long.MIN_VALUE;

    /**
     * None yet.
     *
     * @param rows of the step
     */
    Deadlines(Rows rows) {
        this.rows = rows;
    }

    /** How far expiry has come, epoch milliseconds of the replay side. */
    long expiredUntilMs() {
        return expiredUntilMs;
    }

    /**
     * So long after a moment; if expiry has passed that moment already, so long after now. What comes late, from a queue that stood
     * still or out of an archive, then waits as long as everything else.
     */
    long after(long momentMs, Duration duration) {
        long fromMs = Math.max(momentMs, Math.min(expiredUntilMs, Long.MAX_VALUE - duration.toMillis()));
        return fromMs + duration.toMillis();
    }

    /**
     * Adds a deadline.
     *
     * @param rowKey costs nothing where it is the very array that the row was put with
     */
    void add(long atMs, byte[] rowKey) {
        long dueMs = Math.max(0, atMs);
        buckets.computeIfAbsent(dueMs / BUCKET_MS, second -> new Bucket()).add((short) (dueMs % BUCKET_MS), rowKey);
        size++;
    }

    /** When the first is due, epoch milliseconds; {@link Long#MAX_VALUE} for none. */
    long nextDueMs() {
        return buckets.isEmpty()
                ? Long.MAX_VALUE
                : buckets.firstKey() * BUCKET_MS
                        + buckets.firstEntry().getValue().firstMs();
    }

    /** What they take on the heap, estimated. */
    long bytes() {
        return size * DEADLINE_BYTES + (long) buckets.size() * BUCKET_BYTES;
    }

    /**
     * Takes out what is due, earliest first.
     *
     * @param action is given the rows that are due before the given time, key and value
     * @return deadlines taken, at most as many as allowed
     */
    int eachDue(long nowMs, int atMost, BiConsumer<byte[], byte[]> action) {
        expiredUntilMs = Math.max(expiredUntilMs, nowMs);
        return eachBefore(nowMs, atMost, action);
    }

    /**
     * Takes out what will be due, earliest first, while the clock stands where it is.
     *
     * @param action is given the rows that are due before the given time, key and value
     * @return deadlines taken, at most as many as allowed
     */
    int eachBefore(long nowMs, int atMost, BiConsumer<byte[], byte[]> action) {
        List<byte[]> due = new ArrayList<>();
        while (due.size() < atMost && nextDueMs() < nowMs) {
            Bucket first = buckets.firstEntry().getValue();
            due.add(first.take());
            if (first.isEmpty()) {
                buckets.pollFirstEntry();
            }
        }
        size -= due.size();
        for (byte[] key : due) {
            byte[] row = rows.get(key);
            if (row != null) {
                action.accept(key, row);
            }
        }
        return due.size();
    }

    /** Deadlines of one second. */
    private static final class Bucket {

        private static final int FEW = 4;

        /** From its second on. */
        private short[] offsetsMs = new short[FEW];

        private byte[][] keys = new byte[FEW][];
        private int from;
        private int to;
        private boolean sorted = true;

        void add(short offsetMs, byte[] key) {
            if (to == keys.length) {
                int length = to + to / 2;
                offsetsMs = Arrays.copyOf(offsetsMs, length);
                keys = Arrays.copyOf(keys, length);
            }
            sorted &= from == to || offsetsMs[to - 1] <= offsetMs;
            offsetsMs[to] = offsetMs;
            keys[to++] = key;
        }

        boolean isEmpty() {
            return from == to;
        }

        short firstMs() {
            sort();
            return offsetsMs[from];
        }

        byte[] take() {
            sort();
            byte[] key = keys[from];
            keys[from++] = Keys.NOTHING;
            return key;
        }

        private void sort() {
            if (sorted) {
                return;
            }
            long[] order = new long[to - from];
            for (int i = 0; i < order.length; i++) {
                order[i] = (long) offsetsMs[from + i] << Integer.SIZE | i;
            }
            Arrays.sort(order);
            byte[][] unsorted = Arrays.copyOfRange(keys, from, to);
            for (int i = 0; i < order.length; i++) {
                offsetsMs[from + i] = (short) (order[i] >>> Integer.SIZE);
                keys[from + i] = unsorted[(int) order[i]];
            }
            sorted = true;
        }
    }
}
