package io.replaylinker.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link RecordBenchmark} in rounds, each with every benchmark in a fresh JVM, and takes medians. */
final class RecordFigures {

    private static final List<String> RECORDS = List.of("claim", "replay_observation", "observation", "link");

    /** One number a round, by record and what it is. */
    private final Map<String, List<Double>> measured = new TreeMap<>();

    private final int rounds;

    RecordFigures(int rounds) {
        this.rounds = rounds;
    }

    void run() throws RunnerException {
        for (int round = 0; round < rounds; round++) {
            new Runner(new OptionsBuilder()
                            .include(RecordBenchmark.class.getName())
                            .forks(1)
                            .build())
                    .run()
                    .forEach(this::add);
        }
    }

    private void add(RunResult result) {
        String record = result.getParams().getParam("record");
        double records = sum(result, "records");
        add(record + "." + result.getPrimaryResult().getLabel(), sum(result, "cpuNanos") / records);
        add(record + ".bytes", sum(result, "bytes") / records);
    }

    private void add(String name, double value) {
        measured.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
    }

    private static double sum(RunResult result, String counter) {
        return Objects.requireNonNull(result.getSecondaryResults().get(counter)).getScore();
    }

    void print(PrintStream out) {
        out.println();
        out.println("| record | bytes | encode | decode |");
        out.println("|---|---|---|---|");
        for (String record : RECORDS) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f ns | %.0f ns |%n",
                    record,
                    median(record + ".bytes"),
                    median(record + ".encode"),
                    median(record + ".decode"));
        }
        out.println();
        for (String record : RECORDS) {
            figure(out, record + ".bytes", "bytes");
            figure(out, record + ".encode", "ns");
            figure(out, record + ".decode", "ns");
        }
    }

    private void figure(PrintStream out, String name, String unit) {
        out.printf(Locale.ROOT, "FIGURE records.%s = %.0f %s%n", name, median(name), unit);
    }

    private double median(String name) {
        List<Double> values = measured.getOrDefault(name, List.of());
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }
}
