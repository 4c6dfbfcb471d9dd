package io.replaylinker.sinks;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes only when a test says so; tasks run in the test's thread when theirs has come. */
public final class VirtualTimetable implements Timetable {

    private final PriorityQueue<Due> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::number));
    private long nowNanos;
    private long numbers;
    private boolean closed;

    public long nanoTime() {
        return nowNanos;
    }

    /** Lets the time pass, and runs what falls due in it. */
    public void advance(Duration time) {
        long until = nowNanos + time.toNanos();
        while (!tasks.isEmpty() && tasks.element().nanos() <= until) {
            Due next = tasks.remove();
            nowNanos = next.nanos();
            next.task().run();
        }
        nowNanos = until;
    }

    @Override
    public void after(Duration wait, Runnable task) {
        tasks.add(new Due(nowNanos + wait.toNanos(), numbers++, task));
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        tasks.clear();
    }

    private record Due(long nanos, long number, Runnable task) {}
}
