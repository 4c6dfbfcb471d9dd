package io.replaylinker.clickhouse;

import io.replaylinker.schemas.ErrorDetail;
import io.replaylinker.schemas.ErrorFrame;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.IssueChange;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.TraceSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes of trace 0x7777 for tests: the same numbers give the same node. Calls take a second; errors happen at once. */
final class SampleNodes {

    static final Id TRACE = SampleLinks.id(0x7777);
    static final long PROJECT = 11;
    static final Id HASH = SampleLinks.id(0xABC);

    private SampleNodes() {}

    /**
     * A call of project 11.
     *
     * @param parent number of its parent span, 0 for none
     */
    static TraceNode call(long number, long parent, long endedMs) {
        EventSummary.Builder event = SampleLinks.event(number)
                .setType("transaction")
                .setTransaction("GET /" + number)
                .setOp("http.server")
                .setStatus("ok")
                .setPlatform("node")
                .setDurationMs(1_000L)
                .setTimestampMs(SampleLinks.START_MS + endedMs);
        return node(onTrace(event, number, parent));
    }

    static EventSummary.Builder onTrace(EventSummary.Builder event, long span, long parent) {
        return event.setTraceId(TRACE)
                .setSpanId(SampleLinks.spanId(span))
                .setParentSpanId(parent == 0 ? null : SampleLinks.spanId(parent));
    }

    static TraceNode node(EventSummary.Builder builder) {
        EventSummary event = builder.build();
        TraceNode node = new TraceNode();
        node.setOrganizationId(event.getOrganizationId());
        node.setProjectId(event.getProjectId());
        node.setTraceId(event.getTraceId());
        node.setReceivedMs(event.getReceivedMs());
        node.setIsNode(event.getTraceId() != null);
        node.setEvent(event);
        node.setSegmentId(event.getSpanId());
        node.setSpans(List.of());
        return node;
    }

    /** An error of an issue on a span of the trace. */
    static TraceNode error(long number, long span, long group, String type, String value) {
        EventSummary.Builder event =
                SampleLinks.event(number).setGroupId(group).setPlatform("node").setRelease("api@1");
        TraceNode node = node(onTrace(event, span, 0));
        ErrorDetail error = new ErrorDetail();
        error.setType(type.isEmpty() ? null : type);
        error.setValue(value);
        error.setCulprit("cart in checkout");
        error.setHandled(false);
        error.setFrames(List.of(frame("checkout", "cart/service.py", 12), frame("main", "app.py", 3)));
        node.setError(error);
        node.setPrimaryHash(HASH);
        return node;
    }

    static ErrorFrame frame(String function, String file, int line) {
        return ErrorFrame.newBuilder()
                .setFunction(function)
                .setFile(file)
                .setLine(line)
                .setInApp(true)
                .build();
    }

    static TraceSpan inner(long span, @Nullable SpanId parent, String op, long startedMs, long durationMs) {
        return TraceSpan.newBuilder()
                .setSpanId(SampleLinks.spanId(span))
                .setParentSpanId(parent)
                .setOp(op)
                .setStartedMs(SampleLinks.START_MS + startedMs)
                .setDurationMs(durationMs)
                .build();
    }

    static TraceNode change(String operation, long atMs, List<Long> from, long to, List<Id> hashes, List<Id> events) {
        IssueChange change = new IssueChange();
        change.setOperation(operation);
        change.setAtMs(SampleLinks.START_MS + atMs);
        change.setFromGroupIds(from);
        change.setToGroupId(to);
        change.setHashes(hashes);
        change.setEventIds(events);
        TraceNode node = new TraceNode();
        node.setProjectId(PROJECT);
        node.setReceivedMs(SampleLinks.START_MS + atMs);
        node.setSpans(List.of());
        node.setChange(change);
        return node;
    }
}
