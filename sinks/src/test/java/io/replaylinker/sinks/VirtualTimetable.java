package io.replaylinker.sinks;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes only when a test says so; tasks run in the test's thread when theirs has come. */
public final class VirtualTimetable implements Timetable {

    private final PriorityQueue<ScheduledTask> tasks = new PriorityQueue<>(
            Comparator.comparingLong(ScheduledTask::nanos).thenComparingLong(ScheduledTask::number));
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
            ScheduledTask next = tasks.remove();
            nowNanos = next.nanos();
            next.task().run();
        }
        nowNanos = until;
    }

    @Override
    public void after(Duration wait, Runnable task) {
        tasks.add(new ScheduledTask(nowNanos + wait.toNanos(), numbers++, task));
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

    private record ScheduledTask(long nanos, long number, Runnable task) {}
}
