package io.replaylinker.clickhouse;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How often a server that has just failed is asked, by all sinks that share this object: once a gap at most, until an attempt goes
 * well. A server that is well is asked as often as there is something to ask. Thread-safe.
 */
public final class RequestPace {

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private final Duration gap;
    private final LongSupplier nanoTime;
    private boolean sick;
    private long nextNanos;

    /**
     * A pace by a clock of one's own.
     *
     * @param gap between two requests to a sick server
     */
    public RequestPace(Duration gap, LongSupplier nanoTime) {
        this.gap = gap;
        this.nanoTime = nanoTime;
    }

    /** At most one request a second. */
    public static RequestPace oneASecond() {
        return new RequestPace(ONE_SECOND, System::nanoTime);
    }

    /** How long to wait before asking for a turn again; zero when the caller may send its request now, which takes the turn. */
    public synchronized Duration turn() {
        long nowNanos = nanoTime.getAsLong();
        if (sick && nextNanos - nowNanos > 0) {
            return Duration.ofNanos(nextNanos - nowNanos);
        }
        nextNanos = nowNanos + gap.toNanos();
        return Duration.ZERO;
    }

    /** The server was asked and failed: from now on a turn a gap. */
    public synchronized void failed() {
        sick = true;
        nextNanos = nanoTime.getAsLong() + gap.toNanos();
    }

    /** The server was asked and answered: everybody may ask again at once. */
    public synchronized void succeeded() {
        sick = false;
    }
}
