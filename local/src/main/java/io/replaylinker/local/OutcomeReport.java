package io.replaylinker.local;

import io.replaylinker.clickhouse.EventKind;
import io.replaylinker.clickhouse.query.Coverage;
import io.replaylinker.clickhouse.query.EventIds;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.runtime.why.ExplanationText;
import io.replaylinker.runtime.why.MethodText;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An outcome as text: replays with their events in the order of time, then what has no replay and why, then the numbers. */
final class OutcomeReport {

    /** More than a person reads; the rest is in the file of {@code --out}. */
    private static final int ROWS_SHOWN = 200;

    private static final List<Method> METHODS =
            List.of(Method.REPLAY_ID, Method.ERROR_ID, Method.SPAN, Method.TRACE, Method.USER);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final Outcome outcome;
    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    OutcomeReport(Outcome outcome, Paint paint) {
        this.outcome = outcome;
        this.paint = paint;
    }

    String text() {
        links();
        unlinked();
        why();
        summary();
        return String.join(System.lineSeparator(), lines);
    }

    private void why() {
        if (outcome.prefixes().isEmpty()) {
            return;
        }
        lines.add(paint.strong("Why, by what the join knew when all was read"));
        outcome.explanations().forEach(event -> lines.addAll(ExplanationText.lines(event)));
        lines.addAll(new ForgottenEvents(outcome).lines());
        lines.add("");
    }

    private void links() {
        Map<String, List<LinkedEvent>> byReplay = outcome.links().stream()
                .sorted(Comparator.comparing(LinkedEvent::replayStartedAt)
                        .thenComparing(LinkedEvent::replayId)
                        .thenComparing(LinkedEvent::eventAt)
                        .thenComparing(LinkedEvent::eventId))
                .limit(ROWS_SHOWN)
                .collect(Collectors.groupingBy(LinkedEvent::replayId, LinkedHashMap::new, Collectors.toList()));
        byReplay.forEach((replay, events) -> {
            LinkedEvent first = events.get(0);
            lines.add(paint.strong("Replay " + replay) + "  project " + first.replayProjectId() + ", started "
                    + TIME.format(first.replayStartedAt()));
            events.forEach(event -> lines.add(row(event)));
            lines.add("");
        });
        more(outcome.links().size(), "links; --out FILE has all");
    }

    private String row(LinkedEvent link) {
        String at = signed(Duration.between(link.replayStartedAt(), link.eventAt()));
        String waited = "linked after " + seconds(between(link.receivedAt(), link.linkedAt()));
        EventKind kind = EventKind.of(link.type(), link.occurrence(), null);
        String outside = link.inSession() ? "" : "  outside the session";
        return "  %10s  %s  %-34s  %s  %-20s  project %d, event %s%s"
                .formatted(
                        at,
                        paint.level(link.level(), "%-13s".formatted(what(kind, link.type(), link.level()))),
                        Text.cut(name(link.transaction()), 34),
                        paint.good("%-8s".formatted(MethodText.by(link.method()))),
                        waited,
                        link.projectId(),
                        EventIds.shown(link.eventId()),
                        outside);
    }

    private void unlinked() {
        List<Unlinked> claimed = outcome.claimed();
        if (claimed.isEmpty()) {
            return;
        }
        lines.add(paint.strong("Without a link, though they claim a replay"));
        claimed.stream().limit(ROWS_SHOWN).forEach(this::unlinked);
        more(claimed.size(), "events without a link");
        lines.add("");
    }

    private void unlinked(Unlinked verdict) {
        EventSummary event = verdict.getEvent();
        String transaction = event.getTransaction();
        String what = what(EventKind.of(event), event.getType(), event.getLevel());
        lines.add("  %s  %-34s  %s  project %d, event %s"
                .formatted(
                        paint.level(event.getLevel(), "%-13s".formatted(what)),
                        Text.cut(name(transaction == null ? "" : transaction), 34),
                        paint.bad(verdict.getReason().name()),
                        event.getProjectId(),
                        EventIds.shown(Ids.hex(event.getEventId()))));
        lines.add("  %-13s  %s".formatted("", why(verdict)));
    }

    private void more(int all, String what) {
        if (all > ROWS_SHOWN) {
            lines.add("  ... and " + (all - ROWS_SHOWN) + " more " + what);
        }
    }

    private void summary() {
        List<Coverage.Count> coverage = outcome.coverage();
        long errors = Coverage.errors(coverage);
        long linked = Coverage.linked(coverage);
        String share = errors == 0 ? "" : " (%d %%)".formatted(Math.round(100.0 * linked / errors));
        lines.add(paint.strong("%d of %d backend errors have a replay%s.".formatted(linked, errors, share)));
        long unclaimed = Coverage.unclaimed(coverage);
        if (unclaimed > 0) {
            lines.add("Of the others %d named no replay at all, neither by an id nor by a flag.".formatted(unclaimed));
        }
        lines.add(Text.count(outcome.links().size(), "link") + " in all" + methods() + ".");
        new ReasonTable(outcome).lines().forEach(lines::add);
        input();
    }

    private String methods() {
        String counts = METHODS.stream()
                .filter(method -> outcome.linkedBy(MethodText.name(method)) > 0)
                .map(method -> outcome.linkedBy(MethodText.name(method)) + " " + MethodText.by(method))
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? "" : ": " + counts;
    }

    private void input() {
        String topics = outcome.input().records().entrySet().stream()
                .map(topic -> topic.getValue() + " from " + topic.getKey())
                .collect(Collectors.joining(", "));
        lines.add("%s read%s; %d of them control messages, %d unreadable."
                .formatted(
                        Text.count(outcome.input().recordCount(), "record"),
                        topics.isEmpty() ? "" : ": " + topics,
                        outcome.control(),
                        outcome.deadLetters().size()));
        outcome.deadLetters().stream().limit(5).forEach(deadLetter -> lines.add("  " + unreadable(deadLetter)));
    }

    private static String unreadable(DeadLetter deadLetter) {
        return "%s, offset %d: %s, %s"
                .formatted(
                        deadLetter.getTopic(),
                        deadLetter.getOffset(),
                        deadLetter.getReason(),
                        Text.cut(deadLetter.getDetail(), 100));
    }

    private static String name(String transaction) {
        return transaction.isEmpty() ? "-" : transaction;
    }

    private static String what(EventKind kind, String type, String level) {
        if (kind.isCall()) {
            return "call";
        }
        if (kind.isOccurrence()) {
            return Text.cut(type, 13);
        }
        return level.isEmpty() ? "error" : level;
    }

    private static String why(Unlinked verdict) {
        Id replay = verdict.getReplayId();
        Id trace = verdict.getEvent().getTraceId();
        String replayName = replay == null ? "a replay" : "replay " + Ids.hex(replay);
        String traceName = trace == null ? "its trace" : "its trace " + Ids.hex(trace);
        return switch (verdict.getReason()) {
            case REPLAY_NOT_SEEN -> "names " + replayName + ", of which nothing was received in time";
            case TRACE_NOT_SEEN -> "says that it has a replay, but none was seen on " + traceName;
            case UNRECORDED_VISIT -> "belongs to a visit that was not recorded; others shared " + traceName;
            case SHARED_TRACE -> traceName + " is shared by several visits, and nothing ties the event to one of them";
            case OUTSIDE_REPLAY -> "is too far away in time from " + replayName + " on " + traceName;
            case USER_MISMATCH -> "names another user than " + replayName;
            case TENANT_MISMATCH -> "leads to " + replayName + ", which belongs to another organization";
            case ARCHIVED -> "leads to " + replayName + ", which was deleted by a user";
            case BUFFER_NOT_SENT -> "names " + replayName + ", which was only buffered and never sent";
            case NO_EVIDENCE -> "carries nothing that leads to a replay";
            case UNKNOWN -> "for a reason of a newer version";
        };
    }

    private static Duration between(Instant from, Instant to) {
        Duration duration = Duration.between(from, to);
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static String signed(Duration duration) {
        return (duration.isNegative() ? "-" : "+") + seconds(duration.abs());
    }

    private static String seconds(Duration duration) {
        return duration.compareTo(Duration.ofHours(1)) < 0
                ? "%d.%03d s".formatted(duration.toSeconds(), duration.toMillisPart())
                : "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
}
