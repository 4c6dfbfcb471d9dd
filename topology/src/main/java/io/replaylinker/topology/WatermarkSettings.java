package io.replaylinker.topology;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When an event may expire.
 *
 * @param idleAfter a partition of the replay stream that brought nothing for so long is taken to be at the end; null: never, for
 *     bounded runs, whose windows close at the end of the input
 * @param startupGrace no expiry so long after a start, until every partition has told how far it is
 * @param watermarkInterval how often a partition tells how far it is
 * @param inBand time is the receive time of the records and not the wall clock: every step expires in the order of the records, as it
 *     would have done when they came. See {@link #recorded}
 */
public record WatermarkSettings(
        @Nullable Duration idleAfter, Duration startupGrace, Duration watermarkInterval, boolean inBand) {

    private static final Duration WATERMARK_INTERVAL = Duration.ofSeconds(1);

    /** By the wall clock, as a worker runs. */
    public WatermarkSettings(@Nullable Duration idleAfter, Duration startupGrace, Duration watermarkInterval) {
        this(idleAfter, startupGrace, watermarkInterval, false);
    }

    /** Idle after 1 min, settled after 30 s, a tick a second. */
    public static WatermarkSettings defaults() {
        return new WatermarkSettings(Duration.ofMinutes(1), Duration.ofSeconds(30), WATERMARK_INTERVAL);
    }

    /** For a bounded run: nothing expires before {@link ReplayLinkTopology#closeWindows()}. */
    public static WatermarkSettings bounded() {
        return new WatermarkSettings(null, Duration.ofDays(365), WATERMARK_INTERVAL);
    }

    /**
     * For a recorded input that is all there at the start: what it comes to is what a worker would have come to at the time, however fast
     * it is read. The steps are one task without topics between them, so that each record reaches all of them before the next is read.
     * Every source topic must have one partition, ordered by receive time; the rest is closed by
     * {@link ReplayLinkTopology#closeWindows()}.
     *
     * @param idleAfter as with a worker, in the time of the records: so long without a replay segment while other records come
     */
    public static WatermarkSettings recorded(@Nullable Duration idleAfter) {
        return new WatermarkSettings(idleAfter, Duration.ZERO, WATERMARK_INTERVAL, true);
    }
}
