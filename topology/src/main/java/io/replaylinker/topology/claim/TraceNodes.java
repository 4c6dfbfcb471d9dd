package io.replaylinker.topology.claim;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ErrorDetail;
import io.replaylinker.schemas.ErrorFrame;
import io.replaylinker.schemas.EventSpan;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.IssueChange;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.TraceSpan;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an event or span for the tree of its trace. Texts are redacted, as {@link Redaction} describes.
 *
 * <p>All methods are pure functions, so that a record that is read again gives the same node.
 */
public final class TraceNodes {

    private static final String TOMBSTONES = "tombstone_events";

    private final boolean nodes;
    private final boolean spanNames;

    /**
     * @param nodes whether events and spans become nodes; else only details of errors are kept
     * @param spanNames whether inner spans keep their names and statuses
     */
    public TraceNodes(boolean nodes, boolean spanNames) {
        this.nodes = nodes;
        this.spanNames = spanNames;
    }

    /**
     * An event or segment with the spans inside it.
     *
     * @return null when nothing is kept of it: no trace and no error
     */
    public @Nullable TraceNode event(BackendEvent event, EventSummary summary) {
        ErrorDetail error = event.getOccurrence() ? null : event.getError();
        boolean onTrace = nodes && summary.getTraceId() != null;
        if (!onTrace && error == null) {
            return null;
        }
        TraceNode node = new TraceNode();
        node.setOrganizationId(summary.getOrganizationId());
        node.setProjectId(summary.getProjectId());
        node.setTraceId(summary.getTraceId());
        node.setIsNode(onTrace);
        node.setReceivedMs(summary.getReceivedMs());
        node.setEvent(withoutAddress(summary));
        node.setError(error == null ? null : redacted(error));
        node.setPrimaryHash(error == null ? null : Ids.parse(event.getPrimaryHash()));
        node.setSegmentId(summary.getSpanId());
        node.setSpans(onTrace && summary.getSpanId() != null ? spans(event, summary) : List.of());
        return node;
    }

    private static EventSummary withoutAddress(EventSummary summary) {
        String name = Redaction.redact(summary.getTransaction());
        if (Objects.equals(name, summary.getTransaction())
                && summary.getClientSpanIds().isEmpty()) {
            return summary;
        }
        EventSummary copy = EventSummary.newBuilder(summary).build();
        copy.setTransaction(name);
        // The spans have them.
        copy.setClientSpanIds(List.of());
        return copy;
    }

    private static ErrorDetail redacted(ErrorDetail error) {
        List<ErrorFrame> frames = new ArrayList<>(error.getFrames().size());
        for (ErrorFrame frame : error.getFrames()) {
            ErrorFrame copy = new ErrorFrame();
            copy.setFunction(frame.getFunction());
            copy.setFile(Objects.requireNonNull(Redaction.redact(frame.getFile())));
            copy.setLine(frame.getLine());
            copy.setInApp(frame.getInApp());
            frames.add(copy);
        }
        ErrorDetail copy = new ErrorDetail();
        copy.setType(error.getType());
        copy.setValue(Redaction.redact(error.getValue()));
        copy.setCulprit(Redaction.redact(error.getCulprit()));
        copy.setHandled(error.getHandled());
        copy.setFrames(frames);
        return copy;
    }

    private List<TraceSpan> spans(BackendEvent event, EventSummary summary) {
        List<EventSpan> all = event.getInnerSpans();
        if (all == null || all.isEmpty()) {
            return clientSpans(summary);
        }
        List<TraceSpan> spans = new ArrayList<>(all.size());
        for (EventSpan inner : all) {
            SpanId id = Ids.parseSpan(inner.getSpanId());
            if (id == null) {
                continue;
            }
            long ended = orElse(inner.getTimestampMs(), summary.getTimestampMs());
            long started = Math.min(orElse(inner.getStartTimestampMs(), ended), ended);
            TraceSpan span = span(id, Ids.parseSpan(inner.getParentSpanId()), inner.getOp(), started, ended);
            name(span, inner.getName(), inner.getStatus());
            spans.add(span);
        }
        return spans;
    }

    /** Producers of Avro events name only their calls to other services. */
    private static List<TraceSpan> clientSpans(EventSummary summary) {
        List<TraceSpan> spans = new ArrayList<>(summary.getClientSpanIds().size());
        for (SpanId id : summary.getClientSpanIds()) {
            spans.add(span(id, summary.getSpanId(), null, summary.getTimestampMs(), summary.getTimestampMs()));
        }
        return spans;
    }

    /**
     * A streamed span inside a segment.
     *
     * @param recordMs timestamp of the Kafka record, epoch milliseconds
     * @return null when nodes are not kept, or when trace, span or the one above have no usable id
     */
    public @Nullable TraceNode span(Span inner, long recordMs) {
        Id trace = nodes ? Ids.parse(inner.getTraceId()) : null;
        SpanId id = Ids.parseSpan(inner.getSpanId());
        SpanId parent = Ids.parseSpan(inner.getParentSpanId());
        SpanId segment = Ids.parseSpan(inner.getSegmentId());
        if (trace == null || id == null || (segment == null && parent == null)) {
            return null;
        }
        long received = EventTime.received(inner.getReceivedMs(), recordMs);
        long ended = EventTime.happened(inner.getTimestampMs(), received);
        long started = Math.min(EventTime.happened(inner.getStartTimestampMs(), received), ended);
        TraceSpan span = span(id, parent, inner.getOp(), started, ended);
        name(span, inner.getName(), inner.getStatus());
        TraceNode node = new TraceNode();
        node.setOrganizationId(inner.getOrganizationId());
        node.setProjectId(inner.getProjectId());
        node.setTraceId(trace);
        node.setReceivedMs(received);
        node.setSegmentId(segment == null ? parent : segment);
        node.setSpans(List.of(span));
        return node;
    }

    private void name(TraceSpan span, @Nullable String name, @Nullable String status) {
        if (spanNames) {
            span.setName(Redaction.redact(name));
            span.setStatus(status);
        }
    }

    private static TraceSpan span(
            SpanId id, @Nullable SpanId parent, @Nullable String op, long startedMs, long endedMs) {
        TraceSpan span = new TraceSpan();
        span.setSpanId(id);
        span.setParentSpanId(parent);
        span.setOp(op);
        span.setStartedMs(startedMs);
        span.setDurationMs(endedMs - startedMs);
        return span;
    }

    private static long orElse(@Nullable Long value, long otherwise) {
        return value == null ? otherwise : value;
    }

    /** A merge, split or deletion of issues. */
    public static TraceNode change(Decoded.IssueChange<?> decoded, long recordMs) {
        IssueChange change = change(decoded.operation(), decoded.atMs() == 0 ? recordMs : decoded.atMs());
        change.setFromGroupIds(decoded.fromGroups());
        change.setToGroupId(decoded.toGroup());
        change.setHashes(decoded.hashes());
        return node(decoded.projectId(), change, recordMs);
    }

    /** The deletion of events of a project. */
    public static TraceNode deletion(Decoded.Tombstones<?> decoded, long recordMs) {
        IssueChange change = change(TOMBSTONES, recordMs);
        change.setEventIds(decoded.eventIds());
        return node(decoded.projectId(), change, recordMs);
    }

    private static IssueChange change(String operation, long atMs) {
        IssueChange change = new IssueChange();
        change.setOperation(operation);
        change.setAtMs(atMs);
        change.setFromGroupIds(List.of());
        change.setHashes(List.of());
        change.setEventIds(List.of());
        return change;
    }

    private static TraceNode node(long project, IssueChange change, long recordMs) {
        TraceNode node = new TraceNode();
        node.setProjectId(project);
        node.setReceivedMs(recordMs);
        node.setSpans(List.of());
        node.setChange(change);
        return node;
    }
}
