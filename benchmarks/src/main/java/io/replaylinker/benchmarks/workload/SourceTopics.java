package io.replaylinker.benchmarks.workload;

import java.util.List;
import java.util.Locale;

/** The topics of one workload in one format, as Sentry has them: errors, transactions, replay messages. */
public record SourceTopics(Format format, Shape shape) {

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
        return (format + "-" + shape + "-" + topic).toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
