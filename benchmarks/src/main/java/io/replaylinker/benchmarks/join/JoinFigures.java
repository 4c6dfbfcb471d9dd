package io.replaylinker.benchmarks.join;

import io.replaylinker.benchmarks.workload.Format;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The figures that are promised: each a rate, or a ratio of two trials of the same round. */
final class JoinFigures {

    private static final String PER_RECORD = "us/record";

    private final Map<Trial, List<Measurements>> rounds;

    JoinFigures(Map<Trial, List<Measurements>> rounds) {
        this.rounds = rounds;
    }

    void print(PrintStream out) {
        rounds.forEach((trial, measured) -> {
            figure(out, trial.id(), JoinResults.median(measured, JoinResults::recordsPerSecond), "records/s");
            figure(
                    out,
                    trial.id() + ".processor",
                    JoinResults.median(measured, JoinResults::programMicros),
                    PER_RECORD);
            figure(out, trial.id() + ".broker", JoinResults.median(measured, JoinResults::brokerMicros), PER_RECORD);
        });
        for (Format format : Format.values()) {
            for (Guarantee guarantee : Guarantee.values()) {
                Optional<Trial> join = find(format, "join", guarantee);
                join.ifPresent(product -> printOf(out, product));
            }
        }
        ratio(
                out,
                "wait_and_memory_six_times",
                find(Format.AVRO, Trial.LONG_WAIT),
                find(Format.AVRO, Trial.SHORT_WAIT));
        Optional<Trial> even = find(Format.AVRO, "join", Guarantee.AT_LEAST_ONCE);
        ratio(out, "one_trace_of_half_the_replays", find(Format.AVRO, Trial.HOT_TRACE), even);
        ratio(out, "one_replay_of_a_tenth_of_the_events", find(Format.AVRO, Trial.HOT_REPLAY), even);
    }

    private void printOf(PrintStream out, Trial join) {
        Format format = join.sources().format();
        find(format, "shuffle", join.guarantee()).ifPresent(shuffle -> {
            figure(out, join.id() + ".to_shuffle", 100 * ratio(join, shuffle), "%");
            figure(out, join.id() + ".to_shuffle_in_processor_time", 100 * processorRatio(join, shuffle), "%");
        });
        if (join.guarantee() == Guarantee.AT_LEAST_ONCE) {
            ratio(out, join.id() + ".to_consume", Optional.of(join), find(format, "consume"));
            find(format, "dsl").ifPresent(dsl -> {
                figure(out, join.id() + ".to_dsl", ratio(join, dsl), "x");
                figure(out, join.id() + ".to_dsl_in_processor_time", processorRatio(join, dsl), "x");
            });
            find(format, "flink").ifPresent(flink -> figure(out, join.id() + ".to_flink", ratio(join, flink), "x"));
            figure(out, join.id() + ".heap", median(join, m -> m.get(Measurements.HEAP_BYTES) / 1e6), "MB");
            figure(out, join.id() + ".rss", median(join, m -> m.get(Measurements.RSS_BYTES) / 1e6), "MB");
            figure(out, join.id() + ".duplicates", median(join, m -> m.get(Measurements.DUPLICATES)), "links");
            find(format, "dsl")
                    .ifPresent(dsl -> figure(
                            out,
                            dsl.id() + ".pairs_per_link",
                            median(dsl, m -> (double) m.get(Measurements.PAIRS) / m.get(Measurements.LINKS)),
                            "x"));
            figure(out, join.id() + ".state_per_event", median(join, JoinFigures::statePerEvent), "B");
            figure(out, join.id() + ".restore", median(join, m -> m.get(Measurements.RESTORE_MS) / 1e3), "s");
            figure(
                    out,
                    join.id() + ".restore_rate",
                    median(join, m -> m.get(Measurements.RECORDS) * 1e3 / m.get(Measurements.RESTORE_MS)),
                    "input records/s");
        }
    }

    /** With the default wait nothing has expired at the end of the workload, so every event still waits. */
    private static double statePerEvent(Measurements measured) {
        return (double) measured.get(Measurements.STATE_BYTES) / measured.get(Measurements.EVENTS);
    }

    private void ratio(PrintStream out, String name, Optional<Trial> of, Optional<Trial> to) {
        if (of.isPresent() && to.isPresent()) {
            figure(out, name, 100 * ratio(of.get(), to.get()), "%");
        }
    }

    private double ratio(Trial of, Trial to) {
        return ratio(of, to, JoinResults::recordsPerSecond);
    }

    /** Above 1 where the first takes less processor time a record, of program and broker together. */
    private double processorRatio(Trial of, Trial to) {
        return ratio(of, to, JoinResults::recordsPerProcessorSecond);
    }

    /** The median of the rounds' ratios, so that a slow round counts against itself only. */
    private double ratio(Trial of, Trial to, ToDoubleFunction<Measurements> rate) {
        List<Measurements> ofs = rounds.getOrDefault(of, List.of());
        List<Measurements> tos = rounds.getOrDefault(to, List.of());
        double[] ratios = IntStream.range(0, Math.min(ofs.size(), tos.size()))
                .mapToDouble(i -> rate.applyAsDouble(ofs.get(i)) / rate.applyAsDouble(tos.get(i)))
                .toArray();
        return DoubleStream.of(ratios)
                .sorted()
                .skip(ratios.length / 2)
                .findFirst()
                .orElse(Double.NaN);
    }

    private double median(Trial trial, ToDoubleFunction<Measurements> value) {
        return JoinResults.median(rounds.getOrDefault(trial, List.of()), value);
    }

    private Optional<Trial> find(Format format, String name) {
        return find(format, name, Guarantee.AT_LEAST_ONCE);
    }

    private Optional<Trial> find(Format format, String name, Guarantee guarantee) {
        return rounds.keySet().stream()
                .filter(trial -> trial.sources().format() == format
                        && trial.name().equals(name)
                        && trial.guarantee() == guarantee)
                .findFirst();
    }

    private static void figure(PrintStream out, String name, double value, String unit) {
        out.printf(Locale.ROOT, "FIGURE join.%s = %.2f %s%n", name.replace('-', '_'), value, unit);
    }
}
