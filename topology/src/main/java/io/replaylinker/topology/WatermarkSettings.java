package io.replaylinker.topology;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the watermark, which decides when an event may expire.
 *
 * @param idleAfter a partition of the replay stream without records for this long counts as read to its end; null:
 *     never, for bounded runs, whose windows close at the end of the input
 * @param startupGrace no event expires for this long after a start, until every partition has emitted its watermark
 * @param watermarkInterval how often a partition emits its watermark
 * @param inBand time is the receive time of the records and not the wall clock: every step expires events in the order
 *     of the records, as it would have done when they came. See {@link #recorded}
 */
public record WatermarkSettings(
        @Nullable Duration idleAfter, Duration startupGrace, Duration watermarkInterval, boolean inBand) {

    private static final Duration WATERMARK_INTERVAL = Duration.ofSeconds(1);

    /** Settings of a worker, which uses the wall clock. */
    public WatermarkSettings(@Nullable Duration idleAfter, Duration startupGrace, Duration watermarkInterval) {
        this(idleAfter, startupGrace, watermarkInterval, false);
    }

    /** Idle after 1 min, startup grace 30 s, one watermark a second. */
    public static WatermarkSettings defaults() {
        return new WatermarkSettings(Duration.ofMinutes(1), Duration.ofSeconds(30), WATERMARK_INTERVAL);
    }

    /** For a bounded run: nothing expires before {@link ReplayLinkTopology#closeWindows()}. */
    public static WatermarkSettings bounded() {
        return new WatermarkSettings(null, Duration.ofDays(365), WATERMARK_INTERVAL);
    }

    /**
     * For a recorded input that is complete at the start. The output equals that of a worker that had read the records
     * as they came, however fast they are read. The steps are one task without topics between them, so that each record
     * passes all of them before the next is read. Every source topic must have one partition, ordered by receive time.
     * Events that still wait at the end are closed by {@link ReplayLinkTopology#closeWindows()}.
     *
     * @param idleAfter as with a worker, in record time: this long without a replay segment while other records come
     */
    public static WatermarkSettings recorded(@Nullable Duration idleAfter) {
        return new WatermarkSettings(idleAfter, Duration.ZERO, WATERMARK_INTERVAL, true);
    }
}
