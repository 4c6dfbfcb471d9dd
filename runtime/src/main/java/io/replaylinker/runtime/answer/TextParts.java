package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.clickhouse.query.EventOutcome;
import io.replaylinker.clickhouse.query.KnownReplay;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.clickhouse.query.Page;
import io.replaylinker.clickhouse.query.ReplayHit;
import io.replaylinker.runtime.cli.TextTable;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.why.MethodText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the lines of answers. */
final class TextParts {

    private static final String CALL = "call";

    private TextParts() {}

    /** Two or three lines on the state of a replay. */
    static List<String> replay(KnownReplay replay, SentryLinks sentry) {
        List<String> lines = new ArrayList<>();
        lines.add("Replay " + replay.replayId() + "  project " + Words.id(replay.projectId()) + ", organization "
                + (replay.organizationId() == 0 ? "unknown" : Words.id(replay.organizationId())));
        Instant lastSeen = replay.lastSeenAt();
        lines.add("  started " + Words.time(replay.startedAt()) + " UTC, "
                + (lastSeen == null
                        ? "no segment has arrived yet"
                        : "last seen " + Words.time(lastSeen) + " UTC, " + Words.length(replay.length()) + ", "
                                + replay.segments() + (replay.segments() == 1 ? " segment" : " segments")));
        String about = Stream.of(
                        named("", replay.type()),
                        named("platform ", replay.platform()),
                        named("release ", replay.release()),
                        named("environment ", replay.environment()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        if (!about.isEmpty()) {
            lines.add("  " + about);
        }
        if (replay.archived()) {
            lines.add("  a user deleted it, so its events are not shown");
        }
        lines.addAll(inSentry("", sentry.replay(replay.organizationId(), replay.replayId())));
        return lines;
    }

    /** A line with an address; none where there is no address. */
    static List<String> inSentry(String what, @Nullable String address) {
        return address == null
                ? List.of()
                : List.of("  " + (what.isEmpty() ? "in Sentry: " : what + " in Sentry: ") + address);
    }

    /** The lines for an event with a replay. */
    static List<String> inSentry(LinkedEvent event, SentryLinks sentry) {
        long organization = event.organizationId();
        List<String> lines = new ArrayList<>();
        lines.addAll(inSentry("event", sentry.event(organization, event.groupId(), event.eventId())));
        lines.addAll(inSentry("replay", sentry.replay(organization, event.replayId(), event.offset())));
        lines.addAll(inSentry("trace", sentry.trace(organization, event.traceId())));
        return lines;
    }

    /** A table of events, counted from the start of their replay. */
    static List<String> events(List<LinkedEvent> events) {
        TextTable table = new TextTable("  ", ">offset", "what", "where", ">took", "project", "by", "event");
        for (LinkedEvent event : events) {
            Long took = event.durationMs();
            table.row(
                    Words.offset(event.offset()),
                    what(event),
                    dash(Words.cut(event.transaction(), 40)),
                    took == null ? "" : took + " ms",
                    Words.id(event.projectId()),
                    by(event),
                    event.shownId() + (event.inSession() ? "" : "  outside the session"));
        }
        return table.lines();
    }

    /** A table of events with the outcome of each. */
    static List<String> outcomes(List<EventOutcome> outcomes) {
        TextTable table = new TextTable("", "received (UTC)", "what", "project", "outcome", "event");
        for (EventOutcome outcome : outcomes) {
            table.row(
                    Words.time(outcome.receivedAt()),
                    outcome.origin() + " " + outcome.kind(),
                    Words.id(outcome.projectId()),
                    outcome.outcome(),
                    outcome.shownId());
        }
        return table.lines();
    }

    /** A table of replays. */
    static List<String> hits(List<ReplayHit> hits) {
        TextTable table = new TextTable(
                "",
                "started (UTC)",
                ">length",
                ">events",
                ">backend errors",
                "worst",
                "last event (UTC)",
                "project",
                "replay");
        for (ReplayHit hit : hits) {
            Instant last = hit.lastEventAt();
            table.row(
                    Words.time(hit.replay().startedAt()),
                    Words.length(hit.replay().length()),
                    Long.toString(hit.events()),
                    Long.toString(hit.backendErrors()),
                    dash(hit.worstLevel()),
                    last == null ? "-" : Words.time(last),
                    Words.id(hit.replay().projectId()),
                    hit.replay().replayId());
        }
        return table.lines();
    }

    /** How to read the next page; empty on the last page. */
    static <T> List<String> next(Page<T> page) {
        Cursor next = page.next();
        return next == null ? List.of() : List.of("", "more: --after " + next.token());
    }

    static String what(LinkedEvent event) {
        return event.kind().endsWith(CALL)
                ? CALL
                        + (event.status().isEmpty() || event.status().equals("ok")
                                ? ""
                                : " " + Words.cut(event.status(), 24))
                : dash(event.level().isEmpty() ? event.type() : Words.cut(event.level(), 24));
    }

    static String by(LinkedEvent event) {
        return String.format(Locale.ROOT, "%s %.2f", MethodText.by(event.method()), event.confidence());
    }

    private static String named(String name, String value) {
        return value.isEmpty() ? "" : name + Words.cut(value, 60);
    }

    static String dash(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : text;
    }
}
