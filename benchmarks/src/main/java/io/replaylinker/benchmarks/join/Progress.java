package io.replaylinker.benchmarks.join;

import java.util.ArrayList;
import java.util.List;

/**
 * The course of a trial, looked at twenty times a second. It began when the first record had been processed, and ended when all but one of
 * ten thousand had: the last few are ticks of the replay side's clock, which come up to a second after the last record.
 */
final class Progress {

    private static final double ALL_BUT = 0.9999;

    private final List<Sample> samples = new ArrayList<>();
    private final ProcessUse use;

    Progress(ProcessUse use) {
        this.use = use;
    }

    private record Sample(long nanos, long processed, long cpuMs, long brokerCpuMs) {}

    /** Takes note of how many records have been processed by now, counted as the trial likes. */
    void note(long processed) {
        if (samples.isEmpty() || processed > last().processed()) {
            samples.add(new Sample(System.nanoTime(), processed, use.cpuMs(), use.brokerCpuMs()));
        }
    }

    /** Nanoseconds since the count last changed. */
    long quietNanos() {
        return samples.isEmpty() ? 0 : System.nanoTime() - last().nanos();
    }

    /** Fills in times and count. */
    void putTimes(Measurements measurements) {
        Sample first = samples.stream()
                .filter(sample -> sample.processed() > 0)
                .findFirst()
                .orElseThrow();
        Sample end = samples.stream()
                .filter(sample -> sample.processed() >= last().processed() * ALL_BUT)
                .findFirst()
                .orElseThrow();
        measurements.put(Measurements.PROCESSED, last().processed());
        measurements.put(Measurements.WALL_MS, (end.nanos() - first.nanos()) / 1_000_000);
        measurements.put(Measurements.CPU_MS, end.cpuMs() - first.cpuMs());
        measurements.put(Measurements.BROKER_CPU_MS, end.brokerCpuMs() - first.brokerCpuMs());
    }

    private Sample last() {
        return samples.get(samples.size() - 1);
    }
}
