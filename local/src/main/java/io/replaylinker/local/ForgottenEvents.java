package io.replaylinker.local;

import io.replaylinker.clickhouse.query.EventIds;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.runtime.why.MethodText;
import io.replaylinker.runtime.why.ReasonText;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.Ids;
import java.util.ArrayList;
import java.util.List;

/** The published outcome of events that were requested, and that the join no longer remembered when all was read. */
record ForgottenEvents(Outcome outcome) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        outcome.prefixes().stream().filter(this::isForgotten).forEach(prefix -> lines.addAll(lines(prefix)));
        return lines;
    }

    private boolean isForgotten(String prefix) {
        return outcome.explanations().stream()
                .map(explanation -> Ids.hex(explanation.claim().getEvent().getEventId()))
                .noneMatch(event -> event.startsWith(prefix));
    }

    private List<String> lines(String prefix) {
        List<String> lines = new ArrayList<>();
        outcome.links().stream()
                .filter(link -> link.eventId().startsWith(prefix))
                .forEach(link -> lines.add(linked(link)));
        outcome.unlinked().stream()
                .filter(verdict -> Ids.hex(verdict.getEvent().getEventId()).startsWith(prefix))
                .forEach(verdict -> lines.addAll(unlinked(verdict)));
        if (lines.isEmpty()) {
            lines.add("Event " + prefix
                    + ": nothing was published of it; it is not in the dump, or it is no backend error and"
                    + " names no replay, and its wait was over");
        }
        return lines;
    }

    private static String linked(LinkedEvent link) {
        return "Event " + EventIds.shown(link.eventId()) + ": linked " + MethodText.by(link.method()) + " to replay "
                + link.replayId() + "; the join remembered no more of it when all was read";
    }

    private static List<String> unlinked(Unlinked verdict) {
        List<String> lines = new ArrayList<>();
        lines.add("Event " + EventIds.shown(Ids.hex(verdict.getEvent().getEventId()))
                + ": its wait was over before all was read");
        lines.add("  no link: " + verdict.getReason() + ", " + ReasonText.meaning(verdict.getReason()));
        String advice = ReasonText.advice(verdict.getReason());
        if (!advice.isEmpty()) {
            lines.add("  " + advice);
        }
        return lines;
    }
}
