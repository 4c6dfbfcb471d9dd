package io.replaylinker.topology;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How far the replay side has come as a whole: as far as its slowest partition. It stands still until all of them had time to tell
 * after a start.
 *
 * <p>Every partition emits its tick again every ten seconds. One without a tick for {@value #STALE_MINUTES} minutes does not exist any
 * more: its topic has left the settings, or has fewer partitions. It would hold up the clock for ever.
 */
final class WatermarkTracker {

    /** Nothing has expired yet. */
    static final long BEGINNING = Long.MIN_VALUE;

    /** Longer than any rebalance, and than the clocks of two workers may be apart. */
    static final long STALE_MINUTES = 15;

    private static final long STALE_MS = Duration.ofMinutes(STALE_MINUTES).toMillis();

    private final Map<String, PartitionWatermark> partitions = new HashMap<>();
    private final boolean reemits;
    private final long graceEndsMs;
    private long latestMs = BEGINNING;

    /**
     * What was heard of a partition last.
     *
     * @param atMs wall clock of its sender, epoch milliseconds; {@link Long#MAX_VALUE} for one that exists whether it was heard or not
     */
    private record PartitionWatermark(long timeMs, long atMs) {}

    /**
     * Of a step.
     *
     * @param startedAtMs wall clock, epoch milliseconds
     * @param stepsBefore that have to be heard, as they name themselves
     */
    WatermarkTracker(long startedAtMs, WatermarkSettings settings, Collection<String> stepsBefore) {
        this.graceEndsMs = startedAtMs + settings.startupGrace().toMillis();
        this.reemits = settings.idleAfter() != null && !settings.inBand();
        stepsBefore.forEach(
                step -> partitions.put(step, new PartitionWatermark(WatermarkEmitter.UNKNOWN, Long.MAX_VALUE)));
    }

    void advance(JoinInput.Watermark watermark) {
        latestMs = Math.max(latestMs, watermark.emittedAtMs());
        partitions.merge(
                watermark.source(),
                new PartitionWatermark(watermark.timeMs(), watermark.emittedAtMs()),
                (before, now) -> new PartitionWatermark(
                        Math.max(before.timeMs(), now.timeMs()), Math.max(before.atMs(), now.atMs())));
        if (reemits) {
            partitions.values().removeIf(partition -> partition.atMs() < latestMs - STALE_MS);
        }
    }

    /** Epoch milliseconds of server receive time, or {@link #BEGINNING}. */
    long watermarkMs(long nowMs) {
        return nowMs < graceEndsMs
                ? BEGINNING
                : partitions.values().stream()
                        .mapToLong(PartitionWatermark::timeMs)
                        .min()
                        .orElse(BEGINNING);
    }
}
