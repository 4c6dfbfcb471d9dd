package io.replaylinker.benchmarks.workload;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The topics of one workload in one format, as Sentry has them: errors, transactions, spans, replay messages.
 *
 * @param spansPerCall every other call of a server is so many spans, {@value #FEWEST_SPANS} and more, on a topic of their own; 0: all are
 *     transactions, and there is no such topic. Avro has none
 * @param warmUp these are read before what is measured, and hold less
 */
public record SourceTopics(Format format, Shape shape, int spansPerCall, boolean warmUp) {

    /** A segment and two calls of other services. */
    public static final int FEWEST_SPANS = 3;

    public SourceTopics {
        if (spansPerCall != 0 && (spansPerCall < FEWEST_SPANS || format == Format.AVRO)) {
            throw new IllegalArgumentException(spansPerCall + " spans a call as " + format);
        }
    }

    public SourceTopics(Format format, Shape shape) {
        this(format, shape, 0, false);
    }

    /** Topics of the same kind, to be read before these. */
    public SourceTopics ofWarmUp() {
        return new SourceTopics(format, shape, spansPerCall, true);
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

    /** Where calls are spans. */
    public Optional<String> spans() {
        return spansPerCall == 0 ? Optional.empty() : Optional.of(name("ingest-spans"));
    }

    /** Each of them. */
    public List<String> all() {
        return Stream.concat(Stream.of(events(), transactions(), replays()), spans().stream())
                .toList();
    }

    private String name(String topic) {
        return ((warmUp ? "warm-up-" : "") + format + "-" + shape + "-" + topic)
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }
}
