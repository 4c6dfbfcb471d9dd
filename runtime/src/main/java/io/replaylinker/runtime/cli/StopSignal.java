package io.replaylinker.runtime.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT as something to wait for. The first one asks the program to end: it closes what it opened and ends with its own
 * exit code; when that takes too long, it is ended. The second one ends it at once, as a kill would.
 *
 * <p>A shutdown hook does the same for whatever else has the JVM end, and for the first signal where the JVM does not give them away.
 */
public final class StopSignal implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(60);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::holdUntilClosed, "stop-signal");
    private volatile int exitCode;

    private StopSignal(int exitCode) {
        this.exitCode = exitCode;
        Runtime.getRuntime().addShutdownHook(hook);
        Signals.listen(this::onSignal);
    }

    /**
     * Starts to listen.
     *
     * @param exitCode of the program when it is asked to stop and does so in time
     */
    public static StopSignal install(int exitCode) {
        return new StopSignal(exitCode);
    }

    /** From now on this is the exit code of a program that is asked to stop, as when its work is done and it only stays. */
    public void endsWith(int code) {
        exitCode = code;
    }

    /** Whether the program has been asked to stop; waits at most so long for it. */
    public boolean await(Duration atMost) throws InterruptedException {
        return requested.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** To be called last: everything is closed, the program may end. */
    @Override
    public void close() {
        closed.countDown();
        if (!isRequested()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private synchronized void onSignal(int signal) {
        if (isRequested()) {
            // As shells count a death by signal.
            Runtime.getRuntime().halt(128 + signal);
        }
        requested.countDown();
        Thread end = new Thread(this::holdUntilClosed, "stop");
        end.setDaemon(true);
        end.start();
    }

    private void holdUntilClosed() {
        requested.countDown();
        try {
            boolean inTime = closed.await(CLOSE_WITHIN.toSeconds(), TimeUnit.SECONDS);
            Runtime.getRuntime().halt(inTime ? exitCode : ExitCodes.FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
