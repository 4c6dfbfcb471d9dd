package io.replaylinker.local;

import io.replaylinker.clickhouse.EventKind;
import io.replaylinker.runtime.why.ReasonText;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Events without a link by reason, the most frequent reason first. */
record ReasonTable(Outcome outcome) {

    private record Row(UnlinkedReason reason, long events, long backendErrors) {}

    List<String> lines() {
        List<Row> rows = Arrays.stream(UnlinkedReason.values())
                .map(this::row)
                .filter(row -> row.events() > 0)
                .sorted(Comparator.comparingLong(Row::events).reversed().thenComparing(Row::reason))
                .toList();
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        long all = rows.stream().mapToLong(Row::events).sum();
        lines.add(Text.count(all, "event") + " without a link, by reason (of them backend errors):");
        for (Row row : rows) {
            lines.add("  %6d %-8s %-16s  %s"
                    .formatted(
                            row.events(),
                            "(" + row.backendErrors() + ")",
                            row.reason(),
                            ReasonText.meaning(row.reason())));
        }
        return lines;
    }

    private Row row(UnlinkedReason reason) {
        long published = outcome.unlinkedFor(reason, verdict -> true);
        long errors =
                outcome.unlinkedFor(reason, verdict -> EventKind.of(verdict.getEvent()) == EventKind.BACKEND_ERROR);
        return new Row(reason, published + outcome.unpublished().getOrDefault(reason, 0L), errors);
    }
}
