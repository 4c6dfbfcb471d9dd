package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.IssueCriteria;
import io.replaylinker.clickhouse.query.IssueHit;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.runtime.trace.Quoted;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A search for issues, newest first, at most ten, each with whether a replay shows it. */
public record IssuesQuestion(IssueCriteria criteria, ScopeOptions options) implements Question<List<IssueHit>> {

    @Override
    public String kind() {
        return "issues";
    }

    @Override
    public String subject() {
        if (criteria.text() != null) {
            return "issues that contain " + Quoted.of(criteria.text());
        }
        if (criteria.type() != null) {
            return "issues of type " + Quoted.of(criteria.type());
        }
        return "issues "
                + ContextText.joined(List.of(
                        criteria.function() == null ? "" : "in function " + Quoted.of(criteria.function()),
                        criteria.file() == null ? "" : "in file " + Quoted.of(criteria.file())));
    }

    @Override
    public Answer<List<IssueHit>> ask(Lookup lookup, Clock clock) {
        return lookup.contexts()
                .issues(
                        criteria,
                        Filter.page(IssueCriteria.MOST)
                                .of(options.organization())
                                .in(options.project())
                                .since(options.since(clock)));
    }

    @Override
    public List<String> text(List<IssueHit> hits, SentryLinks sentry) {
        List<String> lines = new ArrayList<>(List.of(ContextText.DATA));
        for (IssueHit hit : hits) {
            lines.add("");
            lines.addAll(lines(hit, sentry));
        }
        return lines;
    }

    private static List<String> lines(IssueHit hit, SentryLinks sentry) {
        List<String> lines = new ArrayList<>();
        lines.add("Issue " + Words.id(hit.groupId()) + "  project " + Words.id(hit.projectId()) + ", organization "
                + Words.id(hit.organizationId()));
        lines.add("  " + ContextText.title(hit.type(), hit.value()));
        String place = ContextText.joined(List.of(
                ContextText.place(hit.function(), hit.file(), hit.line()),
                hit.culprit().isEmpty() ? "" : "culprit " + Quoted.of(hit.culprit())));
        if (!place.isEmpty()) {
            lines.add("  " + place);
        }
        lines.add("  " + hit.events() + (hit.events() == 1 ? " error" : " errors") + ", first read "
                + Words.time(hit.firstSeenAt()) + " UTC, latest " + Words.time(hit.lastSeenAt()) + " UTC ("
                + hit.eventId().substring(0, 8) + ")");
        lines.add(
                hit.latestReplay() == null
                        ? "  no replay shows it"
                        : "  " + hit.replays() + (hit.replays() == 1 ? " replay shows" : " replays show")
                                + " it, the latest " + hit.latestReplay());
        lines.addAll(TextParts.inSentry("", sentry.issue(hit.organizationId(), hit.groupId())));
        return lines;
    }

    @Override
    public void write(List<IssueHit> hits, JsonFields json, SentryLinks sentry) {
        json.array("issues", hits, hit -> {
            json.id("issue", hit.groupId());
            json.id("organization_id", hit.organizationId());
            json.id("project_id", hit.projectId());
            json.text("type", hit.type());
            json.text("value", hit.value());
            json.text("culprit", hit.culprit());
            json.text("level", hit.level());
            json.text("platform", hit.platform());
            json.text("function", hit.function());
            json.text("file", hit.file());
            json.number("line", hit.line() == 0 ? null : hit.line());
            json.time("first_seen_at", hit.firstSeenAt());
            json.time("last_seen_at", hit.lastSeenAt());
            json.number("errors", hit.events());
            json.number("replays", hit.replays());
            json.text("latest_replay_id", hit.latestReplay());
            json.text("latest_event_id", hit.eventId());
            json.text("latest_trace_id", hit.traceId());
            json.text("sentry_url", sentry.issue(hit.organizationId(), hit.groupId()));
            json.text(
                    "sentry_replay_url",
                    hit.latestReplay() == null ? null : sentry.replay(hit.organizationId(), hit.latestReplay()));
        });
    }

    @Override
    public NotFound unknown(Lookup lookup, Clock clock) {
        return NotFound.because("searched are the last " + IssueCriteria.DAYS + " days by text or type, and "
                + IssueCriteria.DAYS_OF_FRAMES + " days by function or file");
    }
}
