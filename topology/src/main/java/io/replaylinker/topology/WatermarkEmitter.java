package io.replaylinker.topology;

import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Tells those behind a clock how far it is: when it has moved, and what stands still again now and then, be it "unknown", because a step
 * that has just started knows nothing of a partition that it never heard of. A bounded run has to come to rest, and nobody listens
 * there.
 */
final class WatermarkEmitter {

    /** Well within the time that a step settles after its start. */
    private static final Duration REEMIT_AFTER = Duration.ofSeconds(10);

    static final long UNKNOWN = 0;

    private final boolean reemits;
    private final LongConsumer listener;
    private long emittedMs = UNKNOWN;
    private long emittedAtMs = Long.MIN_VALUE / 2;

    /**
     * Has told nothing yet.
     *
     * @param listener is given epoch milliseconds of server receive time, or {@link #UNKNOWN}
     */
    WatermarkEmitter(WatermarkSettings settings, LongConsumer listener) {
        this.reemits = settings.idleAfter() != null;
        this.listener = listener;
    }

    /**
     * Tells the time if that is due.
     *
     * @param timeMs epoch milliseconds, {@link #UNKNOWN} or less when unknown; what is earlier than the last counts as the last
     * @param nowMs wall clock, epoch milliseconds
     */
    void emitIfDue(long timeMs, long nowMs) {
        boolean emit = timeMs > emittedMs || (reemits && nowMs - emittedAtMs >= REEMIT_AFTER.toMillis());
        if (emit) {
            emittedMs = Math.max(emittedMs, timeMs);
            emittedAtMs = nowMs;
            listener.accept(emittedMs);
        }
    }
}
