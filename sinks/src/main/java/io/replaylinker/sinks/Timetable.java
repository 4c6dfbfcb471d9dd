package io.replaylinker.sinks;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs tasks after a delay, one at a time. */
interface Timetable extends AutoCloseable {

    /** Runs the task after the delay, unless the timetable is closed before. */
    void after(Duration wait, Runnable task);

    boolean isClosed();

    /** Interrupts the running task and drops the waiting ones. */
    @Override
    void close();

    /** A timetable with its own thread. */
    static Timetable inThread(String name) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        return new Timetable() {
            @Override
            public void after(Duration wait, Runnable task) {
                if (!thread.isShutdown()) {
                    ScheduledFuture<?> unused = thread.schedule(task, wait.toNanos(), TimeUnit.NANOSECONDS);
                }
            }

            @Override
            public boolean isClosed() {
                return thread.isShutdown();
            }

            @Override
            public void close() {
                thread.shutdownNow();
            }
        };
    }
}
