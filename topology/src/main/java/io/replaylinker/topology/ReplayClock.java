package io.replaylinker.topology;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How far the replay side has come as a whole: as far as its slowest partition. It stands still until all of them had time to tell
 * after a start.
 *
 * <p>Every partition emits its tick again every ten seconds. One without a tick for {@value #SILENT_MINUTES} minutes does not exist any
 * more: its topic has left the settings, or has fewer partitions. It would hold up the clock for ever.
 */
final class ReplayClock {

    /** Nothing has expired yet. */
    static final long BEGINNING = Long.MIN_VALUE;

    /** Longer than any rebalance, and than the clocks of two workers may be apart. */
    static final long SILENT_MINUTES = 15;

    private static final long SILENT_MS = Duration.ofMinutes(SILENT_MINUTES).toMillis();

    private final Map<String, Heard> partitions = new HashMap<>();
    private final boolean tellsAgain;
    private final long settledAtMs;
    private long latestMs = BEGINNING;

    /**
     * What was heard of a partition last.
     *
     * @param atMs wall clock of its sender, epoch milliseconds; {@link Long#MAX_VALUE} for one that exists whether it was heard or not
     */
    private record Heard(long timeMs, long atMs) {}

    /**
     * Of a step.
     *
     * @param startedAtMs wall clock, epoch milliseconds
     * @param stepsBefore that have to be heard, as they name themselves
     */
    ReplayClock(long startedAtMs, ReplaySideSettings settings, Collection<String> stepsBefore) {
        this.settledAtMs = startedAtMs + settings.settle().toMillis();
        this.tellsAgain = settings.idleAfter() != null && !settings.inBand();
        stepsBefore.forEach(step -> partitions.put(step, new Heard(ClockTeller.UNKNOWN, Long.MAX_VALUE)));
    }

    void advance(JoinInput.Tick tick) {
        latestMs = Math.max(latestMs, tick.emittedAtMs());
        partitions.merge(
                tick.source(),
                new Heard(tick.timeMs(), tick.emittedAtMs()),
                (before, now) ->
                        new Heard(Math.max(before.timeMs(), now.timeMs()), Math.max(before.atMs(), now.atMs())));
        if (tellsAgain) {
            partitions.values().removeIf(partition -> partition.atMs() < latestMs - SILENT_MS);
        }
    }

    /** Epoch milliseconds of server receive time, or {@link #BEGINNING}. */
    long timeMs(long nowMs) {
        return nowMs < settledAtMs
                ? BEGINNING
                : partitions.values().stream().mapToLong(Heard::timeMs).min().orElse(BEGINNING);
    }
}
