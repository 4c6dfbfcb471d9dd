package io.replaylinker.benchmarks.join;

import io.replaylinker.benchmarks.workload.Format;
import io.replaylinker.benchmarks.workload.Shape;
import io.replaylinker.benchmarks.workload.SourceTopics;
import io.replaylinker.topology.WatermarkSettings;
import io.replaylinker.topology.join.JoinSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One line of the table: what is run on which input.
 *
 * @param group what {@code --only} calls it
 * @param startupGrace no expiry so long after the start
 */
record Trial(
        String group,
        String name,
        Subject subject,
        SourceTopics sources,
        Guarantee guarantee,
        Duration waitFor,
        Duration memory,
        Duration startupGrace) {

    static final String SHORT_WAIT = "wait-1m";
    static final String LONG_WAIT = "wait-6m";
    static final String HOT_TRACE = "hot-trace";
    static final String HOT_REPLAY = "hot-replay";
    static final List<String> GROUPS = List.of("consume", "shuffle", "packed", "join", "dsl", "wait", "hot", "flink");

    private static final int SIX_TIMES = 6;

    /**
     * All trials of a format, in the order in which each round runs them.
     *
     * @param spansPerCall of the workload as JSON; 0 for transactions only
     */
    static List<Trial> all(Format format, int spansPerCall) {
        List<Trial> trials = new ArrayList<>();
        SourceTopics even = new SourceTopics(format, Shape.EVEN, format == Format.JSON ? spansPerCall : 0, false);
        trials.add(plain("consume", Subject.CONSUME, even, Guarantee.AT_LEAST_ONCE));
        for (Guarantee guarantee : Guarantee.values()) {
            trials.add(plain("shuffle", Subject.SHUFFLE, even, guarantee));
            trials.add(plain("packed", Subject.PACKED, even, guarantee));
            trials.add(plain("join", Subject.JOIN, even, guarantee));
        }
        trials.add(plain("dsl", Subject.DSL, even, Guarantee.AT_LEAST_ONCE));
        if (format == Format.AVRO) {
            trials.add(expiring(SHORT_WAIT, even, 1));
            trials.add(expiring(LONG_WAIT, even, SIX_TIMES));
            trials.add(hot(HOT_TRACE, Shape.HOT_TRACE));
            trials.add(hot(HOT_REPLAY, Shape.HOT_REPLAY));
            trials.add(plain("flink", Subject.FLINK, even, Guarantee.AT_LEAST_ONCE));
        }
        return trials;
    }

    private static Trial plain(String name, Subject subject, SourceTopics sources, Guarantee guarantee) {
        JoinSettings defaults = JoinSettings.defaults();
        return new Trial(
                name,
                name,
                subject,
                sources,
                guarantee,
                defaults.waitFor(),
                defaults.memory(),
                WatermarkSettings.defaults().startupGrace());
    }

    /** So short a wait that events expire within the workload's ten minutes, and from the first second on. */
    private static Trial expiring(String name, SourceTopics sources, int times) {
        return new Trial(
                "wait",
                name,
                Subject.JOIN,
                sources,
                Guarantee.AT_LEAST_ONCE,
                Duration.ofMinutes(times),
                Duration.ofMinutes(6L * times),
                Duration.ofSeconds(1));
    }

    private static Trial hot(String name, Shape shape) {
        Trial plain = plain(name, Subject.JOIN, new SourceTopics(Format.AVRO, shape), Guarantee.AT_LEAST_ONCE);
        return new Trial(
                "hot",
                name,
                plain.subject(),
                plain.sources(),
                plain.guarantee(),
                plain.waitFor(),
                plain.memory(),
                plain.startupGrace());
    }

    /** Unique among the trials of a round; also a part of topic names. */
    String id() {
        return Stream.of(
                        sources.format().name(),
                        name,
                        guarantee == Guarantee.EXACTLY_ONCE_V2 ? "exactly-once" : "at-least-once")
                .map(part -> part.toLowerCase(Locale.ROOT))
                .reduce((a, b) -> a + "-" + b)
                .orElseThrow();
    }
}
