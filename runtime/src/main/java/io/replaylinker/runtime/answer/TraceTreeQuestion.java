package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.ContextNode;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.KnownReplay;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.TraceContext;
import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.runtime.trace.TraceTree;
import io.replaylinker.runtime.trace.TraceTreeText;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A query for the tree of a trace, by the id of the trace or of an event, span or replay in it. */
public record TraceTreeQuestion(IdPrefix id, TreeOptions options) implements Question<TraceContext> {

    @Override
    public String kind() {
        return "tree";
    }

    @Override
    public String subject() {
        return "trace, event, span or replay " + id;
    }

    @Override
    public Answer<TraceContext> ask(Lookup lookup, Clock clock) {
        return lookup.contexts().trace(id, options.organization(), options.maxNodes());
    }

    @Override
    public List<String> text(TraceContext context, SentryLinks sentry) {
        List<String> lines = new ArrayList<>(List.of(ContextText.DATA));
        for (TraceContext.Trace trace : context.traces()) {
            lines.add("");
            List<String> tree = TraceTreeText.lines(TraceTree.of(trace), options.depth());
            lines.add(tree.get(0));
            lines.addAll(TextParts.inSentry("", sentry.trace(organization(trace), trace.traceId())));
            lines.addAll(tree.subList(1, tree.size()));
            for (KnownReplay replay : trace.replays()) {
                lines.addAll(TextParts.inSentry(
                        "replay " + replay.replayId().substring(0, 8),
                        sentry.replay(replay.organizationId(), replay.replayId())));
            }
        }
        return lines;
    }

    @Override
    public void write(TraceContext context, JsonFields json, SentryLinks sentry) {
        json.text("id", context.asked());
        json.array("traces", context.traces(), trace -> {
            json.text("trace_id", trace.traceId());
            json.text("sentry_url", sentry.trace(organization(trace), trace.traceId()));
            json.number("nodes", trace.nodeCount());
            json.number("errors", trace.errorCount());
            json.number("nodes_shown", (long) trace.nodes().size());
            json.array("replays", trace.replays(), replay -> JsonParts.replay(replay, json, sentry));
            json.array("roots", TraceTree.of(trace).roots(), node -> write(node, 1, json, sentry));
        });
    }

    private void write(TraceTree.Node node, int level, JsonFields json, SentryLinks sentry) {
        ContextNode of = node.of();
        json.text("event_id", of.eventId());
        json.text("short_id", of.shortId());
        json.text("kind", of.isCall() ? "call" : of.occurrence() ? "issue" : "error");
        json.text("type", of.type());
        json.text("op", of.op());
        json.text("name", of.name());
        json.text("title", of.title());
        json.text("level", of.level());
        json.text("status", of.status());
        json.time("started_at", of.startedAt());
        json.number("duration_ms", of.durationMs());
        json.id("organization_id", of.organizationId());
        json.id("project_id", of.projectId());
        json.text("platform", of.platform());
        json.id("issue", of.groupId());
        json.text("span_id", of.spanId());
        json.text("parent_span_id", of.parentSpanId());
        json.text("missing_parent_span_id", node.missingParent());
        json.flag("profile_available", of.hasProfile());
        ContextNode.LinkedReplay replay = of.replay();
        Duration offset = of.offset();
        json.text("replay_id", replay == null ? null : replay.replayId());
        json.number("offset_ms", offset == null ? null : offset.toMillis());
        json.text("sentry_url", sentry.event(of.organizationId(), of.groupId(), of.eventId()));
        json.text(
                "sentry_replay_url",
                replay == null || offset == null
                        ? null
                        : sentry.replay(of.organizationId(), replay.replayId(), offset));
        boolean isLowest = level == options.depth();
        json.number("nodes_below", (long) node.size() - 1);
        json.array(
                "children",
                isLowest ? List.<TraceTree.Node>of() : node.children(),
                child -> write(child, level + 1, json, sentry));
    }

    private static long organization(TraceContext.Trace trace) {
        return trace.nodes().get(0).organizationId();
    }

    @Override
    public NotFound unknown(Lookup lookup, Clock clock) {
        return NotFound.because(
                "it is not read, or not kept any more: nodes of traces are kept for context.retention, and only if"
                        + " context.nodes is not off");
    }
}
