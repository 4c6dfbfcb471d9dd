package io.replaylinker.runtime.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the program wait for SIGTERM and SIGINT. The first signal requests a stop: the program closes what it opened and ends with its own
 * exit code. When that takes too long, the process is ended. The second signal ends it at once, as a kill would.
 *
 * <p>A shutdown hook does the same for all other reasons for which the JVM ends, and for the first signal where the JVM does not pass
 * signals on.
 */
public final class StopSignal implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(60);

    /** A start that waits for a server has nothing to finish. */
    private static final Duration ABANDON_START_WITHIN = Duration.ofSeconds(2);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::holdUntilClosed, "stop-signal");
    private volatile int exitCode;
    private volatile boolean starting;

    private StopSignal(int exitCode) {
        this.exitCode = exitCode;
        Runtime.getRuntime().addShutdownHook(hook);
        Signals.listen(this::onSignal);
    }

    /**
     * Starts to handle signals.
     *
     * @param exitCode of the program when a signal stops it and it ends in time
     */
    public static StopSignal install(int exitCode) {
        return new StopSignal(exitCode);
    }

    /** Changes the exit code of a program that a signal stops, as when its work is done and it only keeps running. */
    public void endsWith(int code) {
        exitCode = code;
    }

    /**
     * Until {@link #started}, a signal ends the program within two seconds, as a kill by that signal would: it may be waiting for a server
     * that does not answer, and has nothing to close.
     */
    public void starting() {
        starting = true;
    }

    /** From now on a signal lets the program close what it opened. */
    public void started() {
        starting = false;
    }

    /** Whether a signal requests the program to stop; waits for it at most this long. */
    public boolean await(Duration atMost) throws InterruptedException {
        return requested.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** To be called last: everything is closed, and the program may end. */
    @Override
    public void close() {
        closed.countDown();
        if (!isRequested()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private synchronized void onSignal(int signal) {
        if (isRequested()) {
            Runtime.getRuntime().halt(128 + signal);
        }
        requested.countDown();
        // The exit code of shells for a death by signal.
        exitCode = starting ? 128 + signal : exitCode;
        Thread end = new Thread(starting ? this::abandonStart : this::holdUntilClosed, "stop");
        end.setDaemon(true);
        end.start();
    }

    private void abandonStart() {
        try {
            boolean inTime = closed.await(ABANDON_START_WITHIN.toSeconds(), TimeUnit.SECONDS);
            if (!inTime && starting) {
                Runtime.getRuntime().halt(exitCode);
            }
            holdUntilClosed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
