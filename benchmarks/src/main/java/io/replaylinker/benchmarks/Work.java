package io.replaylinker.benchmarks;

import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Work done and the processor time it took: what a core does, whatever else the machine is doing. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Work {

    /** Records written or read. */
    public long records;

    /** Their bytes. */
    public long bytes;

    /** Processor time of the working thread, nanoseconds. */
    public long cpuNanos;

    private long startNanos;

    /** Starts each iteration at zero. */
    @Setup(Level.Iteration)
    public void start() {
        records = 0;
        bytes = 0;
        startNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Ends the iteration. */
    @TearDown(Level.Iteration)
    public void stop() {
        cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - startNanos;
    }
}
