package io.replaylinker.tools.reprocess;

import io.replaylinker.runtime.cli.TextTable;
import io.replaylinker.runtime.cli.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan as text. */
final class PlanText {

    private PlanText() {}

    static List<String> lines(Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("events from " + time(plan.range().from()) + " to "
                + time(plan.range().to()));
        lines.add("records are read from " + time(plan.readFrom()) + " (memory before it) to " + time(plan.readTo()));
        lines.add("");
        TextTable table = new TextTable("  ", "topic", ">partition", ">from offset", ">to offset", ">records", ">size");
        for (Plan.Part part : plan.parts()) {
            table.row(
                    part.partition().topic(),
                    Integer.toString(part.partition().partition()),
                    Long.toString(part.start()),
                    Long.toString(part.stop()),
                    Long.toString(part.records()),
                    size(part.bytes()));
        }
        lines.addAll(table.lines());
        lines.add("  " + plan.records() + " records at most, " + size(plan.bytes()));
        lines.addAll(warnings(plan));
        return lines;
    }

    /** What retention has deleted, and the consequences. */
    static List<String> warnings(Plan plan) {
        List<String> warnings = new ArrayList<>();
        for (Plan.Part part : plan.parts()) {
            if (!part.missing().isZero()) {
                warnings.add("%s partition %d starts %s after the requested time: retention deleted the records before"
                        .formatted(
                                part.partition().topic(), part.partition().partition(), Words.length(part.missing())));
            }
        }
        if (plan.sureFrom().isAfter(plan.range().from())) {
            warnings.add("of events before " + time(plan.sureFrom())
                    + " some records are gone that the worker has read: links are added, and none is changed");
        }
        if (plan.sureTo().isBefore(plan.range().to())) {
            warnings.add("events from " + time(plan.sureTo())
                    + " on may still wait for their replay: links are added, and none is changed");
        }
        return warnings;
    }

    private static String time(Instant time) {
        return Words.time(time) + " UTC";
    }

    private static String size(long bytes) {
        if (bytes < 0) {
            return "?";
        }
        if (bytes < 1 << 20) {
            return "~" + (bytes + 1023) / 1024 + " KB";
        }
        return bytes < 1L << 30
                ? String.format(Locale.ROOT, "~%.1f MB", bytes / 1048576.0)
                : String.format(Locale.ROOT, "~%.1f GB", bytes / 1073741824.0);
    }
}
