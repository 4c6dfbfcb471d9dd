package io.replaylinker.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link DecodeBenchmark} in rounds, each with every benchmark in a fresh JVM, and takes medians: what else a machine does
 * then falls on both sides of a ratio.
 */
final class DecodeFigures {

    /** Megabytes a second of processor time, one number a round, by messages and benchmark. */
    private final Map<String, List<Double>> rates = new TreeMap<>();

    private final int rounds;

    DecodeFigures(int rounds) {
        this.rounds = rounds;
    }

    void run() throws RunnerException {
        for (int round = 0; round < rounds; round++) {
            Collection<RunResult> results = new Runner(new OptionsBuilder()
                            .include(DecodeBenchmark.class.getName())
                            .forks(1)
                            .build())
                    .run();
            results.forEach(this::add);
        }
    }

    private void add(RunResult result) {
        double megabytesPerSecond = sum(result, "bytes") / sum(result, "cpuNanos") * 1e3;
        String key = result.getParams().getParam("messages") + "."
                + result.getPrimaryResult().getLabel();
        rates.computeIfAbsent(key, unused -> new ArrayList<>()).add(megabytesPerSecond);
    }

    private static double sum(RunResult result, String counter) {
        return Objects.requireNonNull(result.getSecondaryResults().get(counter)).getScore();
    }

    void print(PrintStream out) {
        out.println();
        out.println("| messages | to the model | to the compact record | Jackson's tree | Jackson's tokens |");
        out.println("|---|---|---|---|---|");
        out.println(row("backend", "decode", "compact", "tree", "tokens"));
        out.println(row("replays", "decode", "", "tree", "tokens"));
        out.println(row("spans", "decode", "compact", "tree", "tokens"));
        out.println(row("inner-spans", "decode", "", "tree", "tokens"));
        out.println();
        figure(out, "backend.model", rate("backend", "decode"), "MB/s");
        figure(out, "backend.compact", rate("backend", "compact"), "MB/s");
        figure(out, "backend.tree", rate("backend", "tree"), "MB/s");
        figure(out, "backend.compact_to_tree", ratio("backend", "compact"), "x");
        figure(out, "replays.model", rate("replays", "decode"), "MB/s");
        figure(out, "replays.tree", rate("replays", "tree"), "MB/s");
        figure(out, "replays.model_to_tree", ratio("replays", "decode"), "x");
        figure(out, "spans.model", rate("spans", "decode"), "MB/s");
        figure(out, "spans.compact", rate("spans", "compact"), "MB/s");
        figure(out, "spans.tree", rate("spans", "tree"), "MB/s");
        figure(out, "spans.compact_to_tree", ratio("spans", "compact"), "x");
        figure(out, "inner_spans.skipped", rate("inner-spans", "decode"), "MB/s");
        figure(out, "inner_spans.tree", rate("inner-spans", "tree"), "MB/s");
        figure(out, "inner_spans.skipped_to_tree", ratio("inner-spans", "decode"), "x");
    }

    private String row(String messages, String... benchmarks) {
        StringBuilder row = new StringBuilder("| ").append(messages).append(" |");
        for (String benchmark : benchmarks) {
            String cell = benchmark.isEmpty()
                    ? ""
                    : "%.0f MB/s, %.2f x".formatted(rate(messages, benchmark), ratio(messages, benchmark));
            row.append(' ').append(cell).append(" |");
        }
        return row.toString();
    }

    private static void figure(PrintStream out, String name, double value, String unit) {
        out.printf(Locale.ROOT, "FIGURE decode.%s = %.2f %s%n", name, value, unit);
    }

    private double rate(String messages, String benchmark) {
        return median(rates(messages, benchmark));
    }

    /** Against the tree: the median of the rounds' ratios, so that a slow round counts against itself only. */
    private double ratio(String messages, String benchmark) {
        List<Double> ours = rates(messages, benchmark);
        List<Double> tree = rates(messages, "tree");
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i) / tree.get(i));
        }
        return median(ratios);
    }

    private List<Double> rates(String messages, String benchmark) {
        return rates.getOrDefault(messages + "." + benchmark, List.of());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }
}
