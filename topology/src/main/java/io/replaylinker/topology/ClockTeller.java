package io.replaylinker.topology;

import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Tells those behind a clock how far it is: when it has moved, and what stands still again now and then, be it "unknown", because a step
 * that has just started knows nothing of a partition that it never heard of. A bounded run has to come to rest, and nobody listens
 * there.
 */
final class ClockTeller {

    /** Well within the time that a step settles after its start. */
    private static final Duration TELL_AGAIN_AFTER = Duration.ofSeconds(10);

    static final long UNKNOWN = 0;

    private final boolean tellsAgain;
    private final LongConsumer listener;
    private long toldMs = UNKNOWN;
    private long toldAtMs = Long.MIN_VALUE / 2;

    /**
     * Has told nothing yet.
     *
     * @param listener is given epoch milliseconds of server receive time, or {@link #UNKNOWN}
     */
    ClockTeller(ReplaySideSettings settings, LongConsumer listener) {
        this.tellsAgain = settings.idleAfter() != null;
        this.listener = listener;
    }

    /**
     * Tells the time if that is due.
     *
     * @param timeMs epoch milliseconds, {@link #UNKNOWN} or less when unknown; what is earlier than the last counts as the last
     * @param nowMs wall clock, epoch milliseconds
     */
    void tell(long timeMs, long nowMs) {
        boolean due = timeMs > toldMs || (tellsAgain && nowMs - toldAtMs >= TELL_AGAIN_AFTER.toMillis());
        if (due) {
            toldMs = Math.max(toldMs, timeMs);
            toldAtMs = nowMs;
            listener.accept(toldMs);
        }
    }
}
