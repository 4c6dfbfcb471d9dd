package io.replaylinker.tools.check;

import io.replaylinker.runtime.cli.JsonText;
import io.replaylinker.worker.start.Units;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Findings as they are printed. */
final class Report {

    private Report() {}

    /** The findings of one area, each with what to do below it. */
    static List<String> lines(List<Finding> area) {
        List<String> lines = new ArrayList<>();
        if (area.isEmpty()) {
            return lines;
        }
        lines.add(area.get(0).area().title());
        int width = area.stream()
                .mapToInt(finding -> finding.subject().length())
                .max()
                .orElse(0);
        for (Finding finding : area) {
            lines.add("  %-7s  %s  %s"
                    .formatted(
                            finding.severity().label(),
                            finding.subject()
                                    + " ".repeat(width - finding.subject().length()),
                            finding.found()));
            if (finding.remedy() != null) {
                lines.add(" ".repeat(13 + width) + "-> " + finding.remedy());
            }
        }
        lines.add("");
        return lines;
    }

    /** The last line: the overall result. */
    static String summary(List<Finding> all) {
        long problems = count(all, Severity.PROBLEM);
        long warnings = count(all, Severity.WARNING);
        long skipped = count(all, Severity.SKIPPED);
        String rest = skipped == 0 ? "" : ", " + skipped + " not checked";
        if (problems > 0) {
            return Units.count(problems, "problem") + ", " + Units.count(warnings, "warning") + rest;
        }
        return "no problem, " + Units.count(warnings, "warning") + rest;
    }

    static long count(List<Finding> all, Severity severity) {
        return all.stream().filter(finding -> finding.severity() == severity).count();
    }

    static String json(List<Finding> all) throws IOException {
        return JsonText.of(out -> {
            out.writeStartObject();
            out.writeNumberField("problems", count(all, Severity.PROBLEM));
            out.writeNumberField("warnings", count(all, Severity.WARNING));
            out.writeNumberField("skipped", count(all, Severity.SKIPPED));
            out.writeArrayFieldStart("findings");
            for (Finding finding : all) {
                out.writeStartObject();
                out.writeStringField("severity", finding.severity().label());
                out.writeStringField("area", finding.area().label());
                out.writeStringField("subject", finding.subject());
                out.writeStringField("found", finding.found());
                out.writeStringField("remedy", finding.remedy());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }
}
