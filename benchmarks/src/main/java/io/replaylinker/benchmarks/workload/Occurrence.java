package io.replaylinker.benchmarks.workload;

/**
 * One event of the workload, before it is filled with fields. Packed into a long that sorts by time, because there are millions.
 *
 * @param atMs server receive time, milliseconds since the workload's start, below 2^20
 * @param replay the event's replay, counted from 0; of an unrelated event it means nothing
 * @param ordinal counts events of one kind and replay, below 2^20
 */
public record Occurrence(long atMs, EventKind kind, int replay, int ordinal) {

    private static final int NUMBER_BITS = 20;
    private static final long NUMBER_MASK = (1L << NUMBER_BITS) - 1;
    private static final int KIND_SHIFT = 2 * NUMBER_BITS;
    private static final int TIME_SHIFT = KIND_SHIFT + 2;

    static Occurrence of(long packed) {
        return new Occurrence(
                packed >>> TIME_SHIFT,
                EventKind.of((int) (packed >>> KIND_SHIFT) & 3),
                (int) (packed >>> NUMBER_BITS & NUMBER_MASK),
                (int) (packed & NUMBER_MASK));
    }

    long packed() {
        return atMs << TIME_SHIFT | number();
    }

    /** Tells this event from all others of the workload. */
    long number() {
        return (long) kind.code() << KIND_SHIFT | (long) replay << NUMBER_BITS | ordinal;
    }
}
