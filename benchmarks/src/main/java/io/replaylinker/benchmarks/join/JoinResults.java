package io.replaylinker.benchmarks.join;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What all trials of all rounds measured: a table of medians, and the figures. */
final class JoinResults {

    private final Map<Trial, List<Measurements>> rounds = new LinkedHashMap<>();
    private int failures;

    void add(Trial trial, Measurements measured) {
        rounds.computeIfAbsent(trial, unused -> new ArrayList<>()).add(measured);
    }

    void addFailure() {
        failures++;
    }

    /** Trials that did not come to their end. */
    int failures() {
        return failures;
    }

    /** One trial in words. */
    static String line(Trial trial, Measurements measured) {
        return String.format(
                Locale.ROOT,
                "%s %,.0f records/s, %,.0f MB/s, %.1f s, %.1f s of processor and %.1f s of the broker's (%.2f and %.2f us a record), links missing %d, wrong %d,"
                        + " duplicates %d",
                trial.id(),
                recordsPerSecond(measured),
                megabytesPerSecond(measured),
                measured.get(Measurements.WALL_MS) / 1e3,
                measured.get(Measurements.CPU_MS) / 1e3,
                measured.get(Measurements.BROKER_CPU_MS) / 1e3,
                programMicros(measured),
                brokerMicros(measured),
                measured.get(Measurements.LINKS_MISSING),
                measured.get(Measurements.LINKS_WRONG),
                measured.get(Measurements.DUPLICATES));
    }

    void print(PrintStream out) {
        out.println(
                "| trial | records/s | MB/s | wall s | processor s | broker s | processor us a record | broker us a record |"
                        + " heap MB | RSS MB | state MB | links | missing | wrong | duplicates | revisions |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        rounds.forEach((trial, measured) -> out.println(row(trial, measured)));
        out.println();
        new JoinFigures(rounds).print(out);
    }

    private static String row(Trial trial, List<Measurements> measured) {
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.0f | %.1f | %.1f | %.1f | %.2f | %.2f | %.0f | %.0f | %.0f | %,.0f | %.0f | %.0f | %,.0f | %,.0f |",
                trial.id(),
                median(measured, JoinResults::recordsPerSecond),
                median(measured, JoinResults::megabytesPerSecond),
                median(measured, m -> m.get(Measurements.WALL_MS) / 1e3),
                median(measured, m -> m.get(Measurements.CPU_MS) / 1e3),
                median(measured, m -> m.get(Measurements.BROKER_CPU_MS) / 1e3),
                median(measured, JoinResults::programMicros),
                median(measured, JoinResults::brokerMicros),
                median(measured, m -> m.get(Measurements.HEAP_BYTES) / 1e6),
                median(measured, m -> m.get(Measurements.RSS_BYTES) / 1e6),
                median(measured, m -> m.get(Measurements.STATE_BYTES) / 1e6),
                median(measured, m -> m.get(Measurements.LINKS)),
                median(measured, m -> m.get(Measurements.LINKS_MISSING)),
                median(measured, m -> m.get(Measurements.LINKS_WRONG)),
                median(measured, m -> m.get(Measurements.DUPLICATES)),
                median(measured, m -> m.get(Measurements.REVISIONS)));
    }

    static double recordsPerSecond(Measurements measured) {
        return measured.get(Measurements.RECORDS) * 1e3 / measured.get(Measurements.WALL_MS);
    }

    static double megabytesPerSecond(Measurements measured) {
        return measured.get(Measurements.BYTES) / 1e3 / measured.get(Measurements.WALL_MS);
    }

    /** Processor time of the program, microseconds a record of its input. */
    static double programMicros(Measurements measured) {
        return measured.get(Measurements.CPU_MS) * 1e3 / measured.get(Measurements.RECORDS);
    }

    /** The same of the broker. */
    static double brokerMicros(Measurements measured) {
        return measured.get(Measurements.BROKER_CPU_MS) * 1e3 / measured.get(Measurements.RECORDS);
    }

    /** What a second of processor time is good for, of program and broker together. */
    static double recordsPerProcessorSecond(Measurements measured) {
        return 1e6 / (programMicros(measured) + brokerMicros(measured));
    }

    static double median(List<Measurements> measured, ToDoubleFunction<Measurements> value) {
        double[] sorted = measured.stream().mapToDouble(value).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
