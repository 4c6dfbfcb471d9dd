package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.ContextNode;
import io.replaylinker.clickhouse.query.Contexts;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.SegmentSpans;
import io.replaylinker.clickhouse.query.TraceContext;
import io.replaylinker.runtime.cli.TextTable;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.runtime.trace.OperationSums;
import io.replaylinker.runtime.trace.Quoted;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A query for the spans inside a transaction or segment: sums by operation, and the spans by their start. */
public record SpansQuestion(IdPrefix id, OrganizationOptions options) implements Question<SegmentSpans> {

    private static final int NODES = 10_000;
    private static final int SHOWN = 100;

    @Override
    public String kind() {
        return "spans";
    }

    @Override
    public String subject() {
        return "call " + id;
    }

    @Override
    public Answer<SegmentSpans> ask(Lookup lookup, Clock clock) {
        Contexts contexts = lookup.contexts();
        Answer<TraceContext> trace = contexts.trace(id, options.organization(), NODES);
        if (!(trace instanceof Answer.Found<TraceContext> found)) {
            return trace.map(none -> {
                throw new IllegalStateException("nothing was found");
            });
        }
        for (TraceContext.Trace one : found.value().traces()) {
            Optional<ContextNode> segment = segment(one);
            if (segment.isPresent()) {
                return new Answer.Found<>(contexts.spans(one.traceId(), segment.get()), found.freshness());
            }
        }
        return new Answer.Unknown<>(found.freshness());
    }

    private Optional<ContextNode> segment(TraceContext.Trace trace) {
        return trace.nodes().stream()
                .filter(ContextNode::isCall)
                .filter(node ->
                        node.eventId().startsWith(id.digits()) || node.spanId().startsWith(id.digits()))
                .findFirst();
    }

    @Override
    public List<String> text(SegmentSpans segment, SentryLinks sentry) {
        ContextNode of = segment.segment();
        List<String> lines = new ArrayList<>(List.of(ContextText.DATA, ""));
        lines.add("Call " + of.shownId() + "  project " + Words.id(of.projectId()) + ", organization "
                + Words.id(of.organizationId()));
        lines.add("  "
                + ContextText.joined(List.of(
                        Quoted.word(of.op()),
                        of.name().isEmpty() ? "" : Quoted.of(of.name()),
                        of.durationMs() == null ? "" : Words.length(Duration.ofMillis(of.durationMs())),
                        Quoted.word(of.status()))));
        lines.add("  trace " + segment.traceId() + ", span " + of.spanId());
        if (segment.spans().isEmpty()) {
            lines.add("  no span inside it is kept");
            return lines;
        }
        lines.add("");
        TextTable sums = new TextTable("  ", "operation", ">spans", ">own time", ">share");
        List<OperationSums.Sum> operations = OperationSums.of(segment.spans());
        long all = operations.stream().mapToLong(OperationSums.Sum::exclusiveMs).sum();
        operations.forEach(sum -> sums.row(
                Quoted.word(sum.op().isEmpty() ? "unknown" : sum.op()),
                Long.toString(sum.count()),
                Words.length(Duration.ofMillis(sum.exclusiveMs())),
                Words.share(sum.exclusiveMs(), all)));
        lines.addAll(sums.lines());
        lines.add("");
        TextTable spans = new TextTable("  ", ">begins", ">took", "operation", "span", "parent", "name");
        segment.spans().stream()
                .limit(SHOWN)
                .forEach(span -> spans.row(
                        Words.offset(Duration.between(of.startedAt(), span.startedAt())),
                        span.durationMs() + " ms",
                        Quoted.word(span.op()),
                        span.spanId(),
                        span.parentSpanId(),
                        span.name().isEmpty() ? "" : Quoted.of(span.name())));
        lines.addAll(spans.lines());
        if (segment.spans().size() > SHOWN) {
            lines.add("  ... and " + (segment.spans().size() - SHOWN) + " more; --json has them");
        }
        return lines;
    }

    @Override
    public void write(SegmentSpans segment, JsonFields json, SentryLinks sentry) {
        ContextNode of = segment.segment();
        json.text("event_id", of.eventId());
        json.text("trace_id", segment.traceId());
        json.text("span_id", of.spanId());
        json.id("organization_id", of.organizationId());
        json.id("project_id", of.projectId());
        json.text("op", of.op());
        json.text("name", of.name());
        json.text("status", of.status());
        json.time("started_at", of.startedAt());
        json.number("duration_ms", of.durationMs());
        json.array("operations", OperationSums.of(segment.spans()), sum -> {
            json.text("op", sum.op());
            json.number("spans", sum.count());
            json.number("exclusive_ms", sum.exclusiveMs());
        });
        json.array("spans", segment.spans(), span -> {
            json.text("span_id", span.spanId());
            json.text("parent_span_id", span.parentSpanId());
            json.text("op", span.op());
            json.text("name", span.name());
            json.text("status", span.status());
            json.time("started_at", span.startedAt());
            json.number("duration_ms", span.durationMs());
        });
        json.text("sentry_url", sentry.trace(of.organizationId(), segment.traceId()));
    }

    @Override
    public NotFound unknown(Lookup lookup, Clock clock) {
        return NotFound.because("it is no transaction or segment, or its nodes are not kept any more");
    }
}
