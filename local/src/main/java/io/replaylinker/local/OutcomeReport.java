package io.replaylinker.local;

import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.Ids;
import io.replaylinker.sinks.clickhouse.LinkRow;
import io.replaylinker.worker.why.ExplanationText;
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
        if (outcome.explanations().isEmpty()) {
            return;
        }
        lines.add(paint.strong("Why, by what the join knew when all was read"));
        outcome.explanations().forEach(event -> lines.addAll(ExplanationText.lines(event)));
        lines.add("");
    }

    private void links() {
        Map<String, List<LinkRow>> byReplay = outcome.links().stream()
                .sorted(Comparator.comparing(LinkRow::replayStartedAt)
                        .thenComparing(LinkRow::replayId)
                        .thenComparing(LinkRow::eventAt)
                        .thenComparing(LinkRow::eventId))
                .limit(ROWS_SHOWN)
                .collect(Collectors.groupingBy(LinkRow::replayId, LinkedHashMap::new, Collectors.toList()));
        byReplay.forEach((replay, events) -> {
            LinkRow first = events.get(0);
            lines.add(paint.strong("Replay " + replay) + "  project " + first.replayProjectId() + ", started "
                    + TIME.format(first.replayStartedAt()));
            events.forEach(event -> lines.add(row(event)));
            lines.add("");
        });
        more(outcome.links().size(), "links; --out FILE has all");
    }

    private String row(LinkRow link) {
        String at = signed(Duration.between(link.replayStartedAt(), link.eventAt()));
        String waited = "linked after " + seconds(between(link.receivedAt(), link.linkedAt()));
        String where = name(link.eventId(), link.transaction());
        String outside = link.inSession() ? "" : "  outside the session";
        return "  %10s  %s  %-34s  %s  %-20s  project %d, event %s%s"
                .formatted(
                        at,
                        paint.level(link.level(), "%-13s".formatted(what(link.eventType(), link.level()))),
                        Text.cut(where, 34),
                        paint.good("%-8s".formatted(how(link.method()))),
                        waited,
                        link.eventProjectId(),
                        link.eventId(),
                        outside);
    }

    private void unlinked() {
        if (outcome.unlinked().isEmpty()) {
            return;
        }
        lines.add(paint.strong("Without a link, though they claim a replay"));
        outcome.unlinked().stream().limit(ROWS_SHOWN).forEach(verdict -> {
            String event = Ids.hex(verdict.getEvent().getEventId());
            String transaction = verdict.getEvent().getTransaction();
            lines.add("  %s  %-34s  %s  project %d, event %s"
                    .formatted(
                            paint.level(
                                    verdict.getEvent().getLevel(),
                                    "%-13s"
                                            .formatted(what(
                                                    verdict.getEvent().getType(),
                                                    verdict.getEvent().getLevel()))),
                            Text.cut(name(event, transaction == null ? "" : transaction), 34),
                            paint.bad(verdict.getReason().name()),
                            verdict.getEvent().getProjectId(),
                            event));
            lines.add("  %-13s  %s".formatted("", why(verdict)));
        });
        more(outcome.unlinked().size(), "events without a link");
        lines.add("");
    }

    private void more(int all, String what) {
        if (all > ROWS_SHOWN) {
            lines.add("  ... and " + (all - ROWS_SHOWN) + " more " + what);
        }
    }

    private void summary() {
        long errors = outcome.input().events().backendErrors();
        long linked = outcome.linkedBackendErrors();
        String share = errors == 0 ? "" : " (%d %%)".formatted(Math.round(100.0 * linked / errors));
        lines.add(paint.strong("%d of %d backend errors have a replay%s.".formatted(linked, errors, share)));
        lines.add("%s in all: %d by replay id, %d by flag, %d by trace."
                .formatted(
                        Text.count(outcome.links().size(), "link"),
                        outcome.linkedBy("replay_id"),
                        outcome.linkedBy("flag"),
                        outcome.linkedBy("trace")));
        if (outcome.unclaimed() > 0) {
            lines.add("%d %s nothing but a trace that no replay saw."
                    .formatted(outcome.unclaimed(), outcome.unclaimed() == 1 ? "event has" : "events have"));
        }
        input();
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
        outcome.deadLetters().stream().limit(5).forEach(letter -> lines.add("  " + unreadable(letter)));
    }

    private static String unreadable(DeadLetter letter) {
        return "%s, offset %d: %s, %s"
                .formatted(
                        letter.getTopic(), letter.getOffset(), letter.getReason(), Text.cut(letter.getDetail(), 100));
    }

    private String name(String eventId, String transaction) {
        String name = transaction.isEmpty()
                ? outcome.input()
                        .events()
                        .find(eventId)
                        .map(EventCatalog.Known::name)
                        .orElse("")
                : transaction;
        return name.isEmpty() ? "-" : name;
    }

    private static String what(String type, String level) {
        if (type.equals("transaction")) {
            return "call";
        }
        return level.isEmpty() ? "error" : level;
    }

    private static String how(String method) {
        return switch (method) {
            case "replay_id" -> "by id";
            case "flag" -> "by flag";
            default -> "by trace";
        };
    }

    private static String why(Unlinked verdict) {
        Id replay = verdict.getReplayId();
        Id trace = verdict.getEvent().getTraceId();
        String replayName = replay == null ? "a replay" : "replay " + Ids.hex(replay);
        String traceName = trace == null ? "its trace" : "its trace " + Ids.hex(trace);
        return switch (verdict.getReason()) {
            case REPLAY_NOT_SEEN -> "names " + replayName + ", of which nothing was ever received";
            case TRACE_NOT_SEEN -> "says that it has a replay, but none saw " + traceName;
            case AMBIGUOUS -> "several replays saw " + traceName + ", and the time decides for none of them";
            case SHARED_TRACE -> traceName + " is shared by many replays, as on a cached page";
            case OUTSIDE_REPLAY -> "every replay that saw " + traceName + " is too far away in time";
            case TENANT_MISMATCH -> "leads to " + replayName + ", which belongs to another organization";
            case ARCHIVED -> "leads to " + replayName + ", which was deleted by a user";
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
