package io.replaylinker.topology;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When an event may expire.
 *
 * @param idleAfter a partition of the replay stream that brought nothing for so long is taken to be at the end; null: never, for
 *     bounded runs, whose windows close at the end of the input
 * @param settle no expiry so long after a start, until every partition has told how far it is
 * @param tickEvery how often a partition tells how far it is
 * @param inBand time is the receive time of the records and not the wall clock: every step expires in the order of the records, as it
 *     would have done when they came. See {@link #recorded}
 */
public record ReplaySideSettings(@Nullable Duration idleAfter, Duration settle, Duration tickEvery, boolean inBand) {

    private static final Duration TICK_EVERY = Duration.ofSeconds(1);

    /** By the wall clock, as a worker runs. */
    public ReplaySideSettings(@Nullable Duration idleAfter, Duration settle, Duration tickEvery) {
        this(idleAfter, settle, tickEvery, false);
    }

    /** Idle after 1 min, settled after 30 s, a tick a second. */
    public static ReplaySideSettings defaults() {
        return new ReplaySideSettings(Duration.ofMinutes(1), Duration.ofSeconds(30), TICK_EVERY);
    }

    /** For a bounded run: nothing expires before {@link ReplayLinkTopology#closeWindows()}. */
    public static ReplaySideSettings bounded() {
        return new ReplaySideSettings(null, Duration.ofDays(365), TICK_EVERY);
    }

    /**
     * For a recorded input that is all there at the start: what it comes to is what a worker would have come to at the time, however fast
     * it is read. The steps are one task without topics between them, so that each record reaches all of them before the next is read.
     * Every source topic must have one partition, ordered by receive time; the rest is closed by
     * {@link ReplayLinkTopology#closeWindows()}.
     *
     * @param idleAfter as with a worker, in the time of the records: so long without a replay segment while other records come
     */
    public static ReplaySideSettings recorded(@Nullable Duration idleAfter) {
        return new ReplaySideSettings(idleAfter, Duration.ZERO, TICK_EVERY, true);
    }
}
