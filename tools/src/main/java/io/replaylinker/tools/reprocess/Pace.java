package io.replaylinker.tools.reprocess;

import java.time.Duration;

/** Limits the rate of records, so that the brokers have capacity for other clients. */
final class Pace {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** Shorter waits cost more than they gain. */
    private static final long SHORTEST = Duration.ofMillis(5).toNanos();

    private final int perSecond;
    private long nextNanos = System.nanoTime();

    /** @param perSecond 0 for as fast as can be */
    Pace(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Waits until the next record may pass. */
    void await() throws InterruptedException {
        if (perSecond == 0) {
            return;
        }
        long now = System.nanoTime();
        nextNanos = Math.max(nextNanos, now - SECOND / 10) + SECOND / perSecond;
        long ahead = nextNanos - now;
        if (ahead > SHORTEST) {
            Thread.sleep(ahead / 1_000_000);
        }
    }
}
