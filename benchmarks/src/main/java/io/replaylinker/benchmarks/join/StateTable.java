package io.replaylinker.benchmarks.join;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the state of a trial is made of: rows by store and by the letter of their table. */
final class StateTable {

    private static final Pattern ROWS = Pattern.compile("state\\.(.+)\\.(.)\\.rows");

    private StateTable() {}

    /** Prints the first trial that counted its rows, if there is one. */
    static void print(PrintStream out, Map<Trial, List<Measurements>> rounds) {
        rounds.entrySet().stream()
                .filter(entry -> entry.getValue().get(0).all().keySet().stream()
                        .anyMatch(name -> ROWS.matcher(name).matches()))
                .findFirst()
                .ifPresent(entry -> print(out, entry.getKey(), entry.getValue().get(0)));
    }

    private static void print(PrintStream out, Trial trial, Measurements measured) {
        long events = measured.get(Measurements.EVENTS);
        long all = measured.all().entrySet().stream()
                .filter(entry -> ROWS.matcher(entry.getKey()).matches())
                .mapToLong(entry -> measured.get(bytesOf(entry.getKey())))
                .sum();
        out.println("| rows of " + trial.id() + " | number | bytes of keys and values | bytes an event | share |");
        out.println("|---|---|---|---|---|");
        measured.all().keySet().stream().sorted().forEach(name -> {
            Matcher rows = ROWS.matcher(name);
            if (rows.matches()) {
                long bytes = measured.get(bytesOf(name));
                out.printf(
                        Locale.ROOT,
                        "| %s%s | %,d | %,d | %.1f | %.0f %% |%n",
                        rows.group(1),
                        // Deadlines begin with a time.
                        Character.isLetter(rows.group(2).charAt(0)) ? ", table " + rows.group(2) : "",
                        measured.get(name),
                        bytes,
                        (double) bytes / events,
                        100.0 * bytes / all);
            }
        });
        out.printf(
                Locale.ROOT,
                "| all rows | | %,d | %.1f | |%n| on disk | | %,d | %.1f | |%n%n",
                all,
                (double) all / events,
                measured.get(Measurements.STATE_BYTES),
                (double) measured.get(Measurements.STATE_BYTES) / events);
    }

    private static String bytesOf(String rows) {
        return rows.substring(0, rows.length() - "rows".length()) + "bytes";
    }
}
