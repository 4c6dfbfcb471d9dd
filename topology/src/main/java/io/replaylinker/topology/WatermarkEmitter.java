package io.replaylinker.topology;

import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Emits the watermark of a partition or step to the steps behind it. A watermark is emitted when it advances, and
 * re-emitted at intervals while it does not. An unknown watermark is re-emitted too: a step that has just started has
 * no watermark of a partition that it never received one from. Bounded runs do not re-emit, because they have to become
 * idle and nothing reads it there.
 */
final class WatermarkEmitter {

    /** Well within the startup grace of a step. */
    private static final Duration REEMIT_AFTER = Duration.ofSeconds(10);

    static final long UNKNOWN = 0;

    private final boolean reemits;
    private final LongConsumer listener;
    private long emittedMs = UNKNOWN;
    private long emittedAtMs = Long.MIN_VALUE / 2;

    /**
     * Starts with nothing emitted.
     *
     * @param listener receives epoch milliseconds of server receive time, or {@link #UNKNOWN}
     */
    WatermarkEmitter(WatermarkSettings settings, LongConsumer listener) {
        this.reemits = settings.idleAfter() != null;
        this.listener = listener;
    }

    /**
     * Emits the watermark if it advanced or its re-emission is due.
     *
     * @param timeMs epoch milliseconds, {@link #UNKNOWN} or less when unknown; a value below the last one counts as the
     *     last one
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
