package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.ErrorStory;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.runtime.trace.Quoted;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A query for the details of an error: what it is, where, and which replay shows it. */
public record ErrorQuestion(IdPrefix id, OrganizationOptions options) implements Question<ErrorStory> {

    @Override
    public String kind() {
        return "error";
    }

    @Override
    public String subject() {
        return "error " + id;
    }

    @Override
    public Answer<ErrorStory> ask(Lookup lookup, Clock clock) {
        return lookup.contexts().error(id, Filter.page(1).of(options.organization()));
    }

    @Override
    public List<String> text(ErrorStory error, SentryLinks sentry) {
        List<String> lines = new ArrayList<>(List.of(ContextText.DATA, ""));
        lines.add("Error " + error.eventId() + "  project " + Words.id(error.projectId()) + ", organization "
                + Words.id(error.organizationId()));
        lines.add("  " + ContextText.title(error.type(), error.value()));
        lines.add("  "
                + ContextText.joined(List.of(
                        Words.time(error.eventAt()) + " UTC",
                        Quoted.word(error.level()),
                        handled(error),
                        named("platform ", error.platform()),
                        named("release ", error.release()),
                        named("environment ", error.environment()))));
        String where = ContextText.joined(List.of(
                error.transaction().isEmpty() ? "" : "in " + Quoted.of(error.transaction()),
                error.culprit().isEmpty() ? "" : "culprit " + Quoted.of(error.culprit())));
        if (!where.isEmpty()) {
            lines.add("  " + where);
        }
        lines.add("  "
                + (error.groupId() == 0 ? "no issue" : "issue " + Words.id(error.groupId()))
                + (error.traceId().isEmpty() ? ", no trace" : ", trace " + error.traceId()));
        lines.addAll(
                TextParts.inSentry("error", sentry.event(error.organizationId(), error.groupId(), error.eventId())));
        if (error.links().isEmpty()) {
            lines.add("  no replay; the command why tells the reason");
        }
        for (LinkedEvent link : error.links()) {
            lines.add("  replay " + link.replayId() + " of project " + Words.id(link.replayProjectId()) + ", "
                    + Words.offset(link.offset()) + " from its start, " + TextParts.by(link));
            lines.addAll(
                    TextParts.inSentry("replay", sentry.replay(link.organizationId(), link.replayId(), link.offset())));
        }
        if (!error.frames().isEmpty()) {
            lines.add("  stack, the newest call first"
                    + (error.frames().stream().anyMatch(ErrorStory.Frame::inApp)
                            ? ", the program's own calls only:"
                            : ", none of the program itself:"));
            error.frames().forEach(frame -> lines.add("    " + frame(frame)));
        }
        return lines;
    }

    private static String frame(ErrorStory.Frame frame) {
        String place = ContextText.place(frame.function(), frame.file(), frame.line());
        return place.isEmpty() ? "unknown" : place;
    }

    private static String handled(ErrorStory error) {
        Boolean handled = error.handled();
        return handled == null ? "" : handled ? "handled" : "not handled";
    }

    private static String named(String name, String value) {
        return value.isEmpty() ? "" : name + Quoted.word(value);
    }

    @Override
    public void write(ErrorStory error, JsonFields json, SentryLinks sentry) {
        json.text("event_id", error.eventId());
        json.id("organization_id", error.organizationId());
        json.id("project_id", error.projectId());
        json.id("issue", error.groupId());
        json.text("type", error.type());
        json.text("value", error.value());
        json.text("culprit", error.culprit());
        json.text("level", error.level());
        Boolean handled = error.handled();
        if (handled == null) {
            json.nothing("handled");
        } else {
            json.flag("handled", handled);
        }
        json.text("transaction", error.transaction());
        json.text("platform", error.platform());
        json.text("release", error.release());
        json.text("environment", error.environment());
        json.time("happened_at", error.eventAt());
        json.text("trace_id", error.traceId());
        json.text("span_id", error.spanId());
        json.array("frames", error.frames(), frame -> {
            json.text("function", frame.function());
            json.text("file", frame.file());
            json.number("line", frame.line() == 0 ? null : frame.line());
            json.flag("in_app", frame.inApp());
        });
        json.array("links", error.links(), link -> JsonParts.event(link, json, sentry));
        json.text("sentry_url", sentry.event(error.organizationId(), error.groupId(), error.eventId()));
    }

    @Override
    public NotFound unknown(Lookup lookup, Clock clock) {
        return NotFound.because("it is no error, or its details are not kept any more, or context.nodes is off");
    }
}
