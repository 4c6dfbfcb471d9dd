package io.replaylinker.benchmarks.workload;

import java.util.List;
import java.util.Locale;

/**
 * The topics of one workload in one format, as Sentry has them: errors, transactions, replay messages.
 *
 * @param warmUp these are read before what is measured, and hold less
 */
public record SourceTopics(Format format, Shape shape, boolean warmUp) {

    public SourceTopics(Format format, Shape shape) {
        this(format, shape, false);
    }

    /** Topics of the same kind, to be read before these. */
    public SourceTopics ofWarmUp() {
        return new SourceTopics(format, shape, true);
    }

    public String events() {
        return name("events");
    }

    public String transactions() {
        return name("transactions");
    }

    public String replays() {
        return name("ingest-replay-events");
    }

    /** All three. */
    public List<String> all() {
        return List.of(events(), transactions(), replays());
    }

    private String name(String topic) {
        return ((warmUp ? "warm-up-" : "") + format + "-" + shape + "-" + topic)
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }
}
