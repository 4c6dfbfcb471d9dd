package io.replaylinker.topology;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The watermark of the replay stream: that of its slowest partition. It does not advance during the startup grace, in
 * which all partitions emit theirs.
 *
 * <p>Every partition re-emits its watermark every ten seconds. A partition without one for {@value #STALE_MINUTES}
 * minutes no longer exists: its topic was removed from the settings, or has fewer partitions. It would hold up the
 * watermark for ever.
 */
final class WatermarkTracker {

    /** Nothing has expired yet. */
    static final long BEGINNING = Long.MIN_VALUE;

    /** Longer than any rebalance, and than the clocks of two workers may differ. */
    static final long STALE_MINUTES = 15;

    private static final long STALE_MS = Duration.ofMinutes(STALE_MINUTES).toMillis();

    private final Map<String, PartitionWatermark> partitions = new HashMap<>();
    private final boolean reemits;
    private final long graceEndsMs;
    private long latestMs = BEGINNING;

    /**
     * The last watermark received from a partition.
     *
     * @param atMs wall clock of its sender, epoch milliseconds; {@link Long#MAX_VALUE} for a partition that exists
     *     whether its watermark was received or not
     */
    private record PartitionWatermark(long timeMs, long atMs) {}

    /**
     * The tracker of one step.
     *
     * @param startedAtMs wall clock, epoch milliseconds
     * @param stepsBefore identifiers of the upstream steps whose watermarks are required
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
