package io.replaylinker.local.evaluate;

import io.replaylinker.local.visits.Score;
import io.replaylinker.runtime.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An evaluation as a table and as JSON. */
record EvaluationText(Evaluation evaluation) {

    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("%85s   %-17s   %-17s"
                .formatted("", "the SDK's id alone", "any matching trace")
                .stripTrailing());
        lines.add("%-5s %-20s %8s %8s %6s %9s %7s  %9s %7s   %9s %7s   %9s %7s"
                .formatted(
                        "group",
                        "name",
                        "events",
                        "right",
                        "wrong",
                        "provable",
                        "missed",
                        "precision",
                        "recall",
                        "precision",
                        "recall",
                        "precision",
                        "recall"));
        evaluation.rows().forEach(row -> lines.add(line(row)));
        return lines;
    }

    private static String line(Evaluation.Row row) {
        Score.Line ours = row.ours();
        return String.format(
                Locale.ROOT,
                "%-5s %-20s %8d %8d %6d %9d %7d  %9.4f %7.4f   %9.4f %7.4f   %9.4f %7.4f",
                row.group(),
                row.name(),
                ours.events(),
                ours.right(),
                ours.wrong(),
                ours.provable(),
                ours.missed(),
                ours.precision(),
                ours.recall(),
                row.sdkId().precision(),
                row.sdkId().recall(),
                row.anyTrace().precision(),
                row.anyTrace().recall());
    }

    String json() {
        return JsonFields.document(json -> json.array("rows", evaluation.rows(), row -> {
            json.text("group", row.group());
            json.text("name", row.name());
            json.object("links", () -> write(row.ours(), json));
            json.object("sdk_id_alone", () -> write(row.sdkId(), json));
            json.object("any_matching_trace", () -> write(row.anyTrace(), json));
        }));
    }

    private static void write(Score.Line line, JsonFields fields) {
        fields.number("events", (long) line.events());
        fields.number("right", (long) line.right());
        fields.number("wrong", (long) line.wrong());
        fields.number("provable", (long) line.provable());
        fields.number("missed", (long) line.missed());
        fields.decimal("precision", line.precision());
        fields.decimal("recall", line.recall());
    }
}
