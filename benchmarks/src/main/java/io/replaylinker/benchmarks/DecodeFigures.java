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
        out.println("| messages | decode MB/s | tree MB/s | tokens MB/s | decode / tree |");
        out.println("|---|---|---|---|---|");
        for (String messages : List.of("backend", "replays")) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f | %.2f |%n",
                    messages,
                    median(rates(messages, "decode")),
                    median(rates(messages, "tree")),
                    median(rates(messages, "tokens")),
                    ratio(messages));
        }
        out.println();
        for (String messages : List.of("backend", "replays")) {
            figure(out, messages + ".decode", median(rates(messages, "decode")), "MB/s");
            figure(out, messages + ".tree", median(rates(messages, "tree")), "MB/s");
            figure(out, messages + ".decode_to_tree", ratio(messages), "x");
        }
    }

    private static void figure(PrintStream out, String name, double value, String unit) {
        out.printf(Locale.ROOT, "FIGURE decode.%s = %.2f %s%n", name, value, unit);
    }

    /** The median of the rounds' ratios, so that a slow round counts against itself only. */
    private double ratio(String messages) {
        List<Double> decode = rates(messages, "decode");
        List<Double> tree = rates(messages, "tree");
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < decode.size(); i++) {
            ratios.add(decode.get(i) / tree.get(i));
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
