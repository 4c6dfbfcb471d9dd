package io.replaylinker.worker.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT as something to wait for. The JVM starts to end when the signal comes; a shutdown hook holds it until the
 * program has closed what it opened, and ends it with the program's own exit code instead of the signal's.
 */
public final class StopSignal implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(60);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::holdUntilClosed, "stop-signal");

    private StopSignal() {}

    /** Starts to listen. */
    public static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Whether the program has been asked to stop; waits at most so long for it. */
    public boolean await(Duration atMost) throws InterruptedException {
        return asked.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** To be called last: everything is closed, the program may end. */
    @Override
    public void close() {
        closed.countDown();
        if (asked.getCount() > 0) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void holdUntilClosed() {
        asked.countDown();
        try {
            boolean inTime = closed.await(CLOSE_WITHIN.toSeconds(), TimeUnit.SECONDS);
            Runtime.getRuntime().halt(inTime ? 0 : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
