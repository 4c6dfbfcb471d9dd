package io.replaylinker.clickhouse;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits the requests to a failing server, over all sinks that share this object: at most one per gap until an attempt succeeds. A healthy
 * server is not limited. Thread-safe.
 */
public final class RequestPace {

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private final Duration gap;
    private final LongSupplier nanoTime;
    private boolean sick;
    private long nextNanos;

    /**
     * A pace with a custom clock.
     *
     * @param gap between two requests to a failing server
     */
    public RequestPace(Duration gap, LongSupplier nanoTime) {
        this.gap = gap;
        this.nanoTime = nanoTime;
    }

    /** At most one request per second. */
    public static RequestPace oneASecond() {
        return new RequestPace(ONE_SECOND, System::nanoTime);
    }

    /** Returns how long to wait before the next call of this method. Zero lets the caller send its request now and uses up the turn. */
    public synchronized Duration turn() {
        long nowNanos = nanoTime.getAsLong();
        if (sick && nextNanos - nowNanos > 0) {
            return Duration.ofNanos(nextNanos - nowNanos);
        }
        nextNanos = nowNanos + gap.toNanos();
        return Duration.ZERO;
    }

    /** Records a failed request. From now on there is one turn per gap. */
    public synchronized void failed() {
        sick = true;
        nextNanos = nanoTime.getAsLong() + gap.toNanos();
    }

    /** Records a successful request and removes the limit. */
    public synchronized void succeeded() {
        sick = false;
    }
}
