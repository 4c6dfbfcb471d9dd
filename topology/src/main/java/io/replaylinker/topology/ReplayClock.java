package io.replaylinker.topology;

import java.util.HashMap;
import java.util.Map;

/**
 * How far the replay side has come as a whole: as far as its slowest partition. It stands still until all of them had time to tell
 * after a start. In memory, because every partition tells again within a second.
 */
final class ReplayClock {

    /** Nothing has expired yet. */
    static final long BEGINNING = Long.MIN_VALUE;

    private final Map<String, Long> partitions = new HashMap<>();
    private final long settledAtMs;

    ReplayClock(long startedAtMs, ReplaySideSettings settings) {
        this.settledAtMs = startedAtMs + settings.settle().toMillis();
    }

    void advance(JoinInput.Tick tick) {
        partitions.merge(tick.source(), tick.timeMs(), Math::max);
    }

    /** Epoch milliseconds of server receive time, or {@link #BEGINNING}. */
    long timeMs(long nowMs) {
        return nowMs < settledAtMs
                ? BEGINNING
                : partitions.values().stream().mapToLong(Long::longValue).min().orElse(BEGINNING);
    }
}
