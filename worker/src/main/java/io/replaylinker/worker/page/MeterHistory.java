package io.replaylinker.worker.page;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counters of the last hour, in rings of a fixed length: memory does not grow with time, and labels beyond a limit are left out. One thread
 * samples, others read.
 */
final class MeterHistory {

    /** Number of time steps in a chart. */
    static final int STEPS = 60;

    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration RATE_OVER = Duration.ofSeconds(15);
    private static final int MOST_SERIES = 200;

    /** One line of a chart. */
    record Series(MeterGroup group, String label) {}

    /**
     * Present value of a counter.
     *
     * @param total since the start of the program
     * @param perSecond over the last 15 seconds
     */
    record Reading(Series series, long total, double perSecond) {}

    /**
     * Counts by time steps of the same length, the oldest first.
     *
     * @param first start of the first step, a multiple of the length, so that steps stay in place from one request to the next
     * @param counts one array a series, as long as there are steps
     */
    record Steps(Instant first, Duration length, Map<Series, long[]> counts) {}

    private final MeterRegistry meters;
    private final Clock clock;
    private final long[] times;
    private final int rateSamples;
    private final Map<Series, double[]> rings = new LinkedHashMap<>();
    private int samples;

    /**
     * Without a sample yet.
     *
     * @param every how often {@link #sample()} will be called, at most every 15 seconds
     */
    MeterHistory(MeterRegistry meters, Clock clock, Duration every) {
        this.meters = meters;
        this.clock = clock;
        this.times = new long[Math.toIntExact(KEPT.dividedBy(every)) + 1];
        this.rateSamples = Math.max(1, Math.toIntExact(RATE_OVER.dividedBy(every)));
    }

    /** Reads all counters once. */
    void sample() {
        Map<Series, Double> now = new HashMap<>();
        for (Meter meter : meters.getMeters()) {
            if (meter instanceof Counter counter) {
                series(counter.getId()).ifPresent(series -> now.merge(series, counter.count(), Double::sum));
            }
        }
        keep(now, clock.millis());
    }

    private static Optional<Series> series(Meter.Id id) {
        return MeterGroup.of(id).map(group -> {
            String label = group.tag().isEmpty() ? null : id.getTag(group.tag());
            return new Series(group, label == null ? "" : label);
        });
    }

    private synchronized void keep(Map<Series, Double> now, long nowMs) {
        int place = samples % times.length;
        times[place] = nowMs;
        for (Series series : now.keySet()) {
            if (rings.size() < MOST_SERIES) {
                // A counter that was not there until now had counted nothing.
                rings.computeIfAbsent(series, added -> new double[times.length]);
            }
        }
        rings.forEach((series, ring) -> ring[place] = now.getOrDefault(series, value(ring, samples - 1)));
        samples++;
    }

    /** Present values of all counters, in the order of their first appearance. */
    synchronized List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        int last = samples - 1;
        int before = Math.max(oldest(), last - rateSamples);
        rings.forEach((series, ring) -> {
            double seconds = (time(last) - time(before)) / 1000.0;
            double counted = value(ring, last) - value(ring, before);
            readings.add(new Reading(series, Math.round(value(ring, last)), seconds > 0 ? counted / seconds : 0));
        });
        return readings;
    }

    /**
     * Counts of the latest {@link #STEPS} steps. What was counted between two samples belongs to the later one.
     *
     * @param over at most an hour, at least a minute
     */
    synchronized Steps steps(Duration over) {
        long lengthMs = over.toMillis() / STEPS;
        long end = Math.floorDiv(clock.millis(), lengthMs) + 1;
        long first = end - STEPS;
        Map<Series, long[]> counts = new LinkedHashMap<>();
        rings.forEach((series, ring) -> {
            long[] steps = new long[STEPS];
            for (int sample = oldest() + 1; sample < samples; sample++) {
                long step = Math.floorDiv(time(sample), lengthMs) - first;
                if (step >= 0 && step < STEPS) {
                    steps[(int) step] += Math.round(value(ring, sample) - value(ring, sample - 1));
                }
            }
            counts.put(series, steps);
        });
        return new Steps(Instant.ofEpochMilli(first * lengthMs), Duration.ofMillis(lengthMs), counts);
    }

    private int oldest() {
        return Math.max(0, samples - times.length);
    }

    private long time(int sample) {
        return sample < 0 ? 0 : times[sample % times.length];
    }

    private double value(double[] ring, int sample) {
        return sample < 0 ? 0 : ring[sample % times.length];
    }
}
