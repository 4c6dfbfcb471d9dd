package io.replaylinker.worker.metrics;

import io.micrometer.core.instrument.Meter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One line of the table of metrics.
 *
 * @param meter its name without the endings that its kind and unit give it
 * @param unit of a gauge, as in its name; empty for plain numbers
 * @param buckets of a timer: its upper bounds
 * @param help what it counts, in one or two sentences
 */
public record Metric(String meter, Kind kind, String unit, List<String> labels, List<Duration> buckets, String help) {

    /** Kind of metric. */
    public enum Kind {
        /** Only grows while the worker runs. */
        COUNTER,
        /** The present value. */
        GAUGE,
        /** How long something took, as a histogram. */
        TIMER;

        /** As the reference shows it. */
        public String label() {
            return this == TIMER ? "histogram" : name().toLowerCase(Locale.ROOT);
        }
    }

    static Metric counter(String meter, List<String> labels, String help) {
        return new Metric(meter, Kind.COUNTER, "", labels, List.of(), help);
    }

    static Metric gauge(String meter, String unit, List<String> labels, String help) {
        return new Metric(meter, Kind.GAUGE, unit, labels, List.of(), help);
    }

    static Metric timer(String meter, List<String> labels, List<Duration> buckets, String help) {
        return new Metric(meter, Kind.TIMER, "", labels, buckets, help);
    }

    /** The name of a registered meter as in the table: parts of the program register theirs with dots, as Micrometer advises. */
    public static String nameOf(Meter.Id registered) {
        return registered.getName().replace('.', '_');
    }

    /** As Prometheus shows it; of a histogram the part that its series have in common. */
    public String name() {
        return switch (kind) {
            case COUNTER -> meter + "_total";
            case TIMER -> meter + "_seconds";
            case GAUGE -> unit.isEmpty() ? meter : meter + "_" + unit;
        };
    }

    /** The names of its series. */
    public List<String> series() {
        return kind == Kind.TIMER
                ? List.of(name() + "_bucket", name() + "_count", name() + "_sum", name() + "_max")
                : List.of(name());
    }
}
