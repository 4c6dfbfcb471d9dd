package io.replaylinker.topology.join;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Timers of the rows of a step, on the watermark: earliest first, and of equal times in the order in which they were
 * added. They are kept in buckets of a second each, of which only the first one is sorted. A timer names its row by id
 * and fingerprint, which take a third of the bytes of a key. A timer whose row was deleted does not fire.
 */
final class Timers {

    private static final long BUCKET_MS = 1_000;

    /** The bucket, the head of its array, and its place in the tree. */
    private static final int BUCKET_BYTES = 112;

    private final Rows rows;
    private final TreeMap<Long, Bucket> buckets = new TreeMap<>();
    private long bytes;
    private long expiredUntilMs = Long.MIN_VALUE;

    /**
     * Starts without timers.
     *
     * @param rows of the step
     */
    Timers(Rows rows) {
        this.rows = rows;
    }

    /** How far expiry has come, epoch milliseconds of the watermark. */
    long expiredUntilMs() {
        return expiredUntilMs;
    }

    /**
     * The time of a timer: the duration after a moment, or after the current watermark if that has passed the moment
     * already. Late input, from a delayed queue or an archive, then waits as long as all other input.
     */
    long after(long momentMs, Duration duration) {
        long fromMs = Math.max(momentMs, Math.min(expiredUntilMs, Long.MAX_VALUE - duration.toMillis()));
        return fromMs + duration.toMillis();
    }

    /**
     * Adds a timer for the row of a key, which must exist.
     *
     * @param atMs epoch milliseconds of the watermark
     */
    void add(long atMs, byte[] rowKey) {
        long expiryMs = Math.max(0, atMs);
        Bucket bucket = buckets.computeIfAbsent(expiryMs / BUCKET_MS, second -> new Bucket());
        bytes -= bucket.bytes();
        bucket.add((int) (expiryMs % BUCKET_MS), rows.id(rowKey), Rows.fingerprint(rowKey));
        bytes += bucket.bytes();
    }

    /** When the first timer is due, epoch milliseconds; {@link Long#MAX_VALUE} for none. */
    long nextExpiryMs() {
        return buckets.isEmpty()
                ? Long.MAX_VALUE
                : buckets.firstKey() * BUCKET_MS
                        + buckets.firstEntry().getValue().firstMs();
    }

    /** Estimated heap bytes of the timers. */
    long bytes() {
        return bytes + (long) buckets.size() * BUCKET_BYTES;
    }

    /**
     * Fires the timers that are due, earliest first.
     *
     * @param action receives key and value of the rows that are due before the given time
     * @return timers removed, at most as many as allowed
     */
    int fire(long nowMs, int atMost, BiConsumer<byte[], byte[]> action) {
        expiredUntilMs = Math.max(expiredUntilMs, nowMs);
        return fireBefore(nowMs, atMost, action);
    }

    /**
     * Fires timers early, earliest first, without advancing the time of expiry. A timer that the action adds counts at
     * once: where time advances by hours, a reason that is due again is emitted before the replay is forgotten.
     *
     * @param action receives key and value of the rows that are due before the given time
     * @return timers removed, at most as many as allowed
     */
    int fireBefore(long nowMs, int atMost, BiConsumer<byte[], byte[]> action) {
        int fired = 0;
        for (; fired < atMost && nextExpiryMs() < nowMs; fired++) {
            Rows.Row row = takeFirst();
            if (row != null) {
                action.accept(row.key(), row.value());
            }
        }
        return fired;
    }

    private Rows.@Nullable Row takeFirst() {
        Bucket first = buckets.firstEntry().getValue();
        Rows.Row row = first.take(rows);
        if (first.isEmpty()) {
            bytes -= first.bytes();
            buckets.pollFirstEntry();
        }
        return row;
    }

    /** Timers of one second: bytes only, so that the garbage collector has no objects to walk. */
    private static final class Bucket {

        /** Milliseconds from its second on as a short, id and fingerprint of the row. */
        private static final int TIMER = Short.BYTES + Integer.BYTES + Long.BYTES;

        private byte[] timers = Keys.NOTHING;
        private int end;

        /**
         * Offsets of the timers, the earliest first. Set when the first one is looked for, and reset when another one
         * is added.
         */
        private int @Nullable [] order;

        private int taken;

        void add(int offsetMs, int id, long fingerprint) {
            if (taken > 0) {
                keep();
            }
            if (end + TIMER > timers.length) {
                timers = Arrays.copyOf(timers, end + Math.max(TIMER, end / 2));
            }
            ByteBuffer.wrap(timers, end, TIMER)
                    .putShort((short) offsetMs)
                    .putInt(id)
                    .putLong(fingerprint);
            end += TIMER;
            order = null;
        }

        /** Removes the timers that have fired. */
        private void keep() {
            ByteBuffer kept = ByteBuffer.allocate(timers.length);
            int[] sorted = order();
            for (int i = taken; i < sorted.length; i++) {
                kept.put(timers, sorted[i], TIMER);
            }
            timers = kept.array();
            end = kept.position();
            taken = 0;
        }

        boolean isEmpty() {
            return taken * TIMER == end;
        }

        int firstMs() {
            return offsetMs(order()[taken]);
        }

        /** The row of the first timer; null if it was deleted. */
        Rows.@Nullable Row take(Rows rows) {
            ByteBuffer timer = ByteBuffer.wrap(timers, order()[taken++] + Short.BYTES, TIMER - Short.BYTES);
            int id = timer.getInt();
            return rows.find(id, timer.getLong());
        }

        int bytes() {
            return timers.length;
        }

        private int offsetMs(int at) {
            return ByteBuffer.wrap(timers).getShort(at);
        }

        private int[] order() {
            int[] known = order;
            if (known == null) {
                long[] sorted = new long[end / TIMER];
                for (int i = 0; i < sorted.length; i++) {
                    int at = i * TIMER;
                    sorted[i] = (long) offsetMs(at) << Integer.SIZE | at;
                }
                Arrays.sort(sorted);
                known = Arrays.stream(sorted).mapToInt(one -> (int) one).toArray();
                order = known;
            }
            return known;
        }
    }
}
