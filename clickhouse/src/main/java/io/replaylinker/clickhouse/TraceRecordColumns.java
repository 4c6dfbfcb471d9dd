package io.replaylinker.clickhouse;

import io.replaylinker.schemas.ErrorDetail;
import io.replaylinker.schemas.ErrorFrame;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.IssueChange;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.TraceSpan;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a node of a trace as a row of {@code trace_records}. That table keeps nothing: views spread its rows over the tables of traces,
 * errors and issues.
 */
public final class TraceRecordColumns {

    private static final String SPAN_ID = "FixedString(8)";
    private static final String SPAN_IDS = "Array(FixedString(8))";
    private static final String IDS = "Array(FixedString(16))";
    private static final String TEXTS = "Array(" + Column.TEXT + ")";
    private static final EventSummary NO_EVENT = noEvent();

    public static final Table TABLE = new Table(
            "trace_records",
            List.of(
                    new Column("organization_id", Column.NUMBER),
                    new Column("project_id", Column.NUMBER),
                    new Column("trace_id", Column.ID),
                    new Column("received_at", Column.TIME),
                    new Column("ingested_at", Column.TIME),
                    new Column("is_node", "UInt8"),
                    new Column("event_id", Column.ID),
                    new Column("occurrence", "UInt8"),
                    new Column("event_type", Column.TEXT),
                    new Column("level", Column.TEXT),
                    new Column("event_at", Column.TIME),
                    new Column("duration_ms", "Nullable(Int64)"),
                    new Column("group_id", Column.NUMBER),
                    new Column("primary_hash", Column.ID),
                    new Column("transaction", Column.TEXT),
                    new Column("span_id", SPAN_ID),
                    new Column("parent_span_id", SPAN_ID),
                    new Column("profile_id", Column.ID),
                    new Column("op", Column.TEXT),
                    new Column("status", Column.TEXT),
                    new Column("platform", Column.TEXT),
                    new Column("release", Column.TEXT),
                    new Column("environment", Column.TEXT),
                    new Column("is_error", "UInt8"),
                    new Column("error_type", Column.TEXT),
                    new Column("error_value", "String"),
                    new Column("culprit", "String"),
                    new Column("handled", "Nullable(Bool)"),
                    new Column("frame_functions", TEXTS),
                    new Column("frame_files", TEXTS),
                    new Column("frame_lines", "Array(UInt32)"),
                    new Column("frame_in_app", "Array(UInt8)"),
                    new Column("segment_span_id", SPAN_ID),
                    new Column("inner_span_ids", SPAN_IDS),
                    new Column("inner_parent_ids", SPAN_IDS),
                    new Column("inner_ops", TEXTS),
                    new Column("inner_names", "Array(String)"),
                    new Column("inner_statuses", TEXTS),
                    new Column("inner_started_at", "Array(" + Column.TIME + ")"),
                    new Column("inner_durations", "Array(Int64)"),
                    new Column("change", Column.TEXT),
                    new Column("change_at", Column.TIME),
                    new Column("from_group_ids", "Array(UInt64)"),
                    new Column("to_group_id", Column.NUMBER),
                    new Column("hashes", IDS),
                    new Column("event_ids", IDS),
                    new Column("nodes_days", "UInt16"),
                    new Column("spans_days", "UInt16"),
                    new Column("errors_days", "UInt16")),
            List.of());

    /**
     * How long the rows of the tables behind are kept.
     *
     * @param nodes of {@code trace_nodes}, in days
     * @param spans of {@code trace_spans}, in days
     * @param errors of {@code error_details}, in days
     */
    public record Retention(int nodes, int spans, int errors) {}

    private final Retention retention;

    public TraceRecordColumns(Retention retention) {
        this.retention = retention;
    }

    /**
     * Writes the row. A pure function of its arguments: the same record always gives the same bytes, otherwise a repeated insert would not
     * be recognized.
     *
     * @param recordTimestampMs timestamp of the Kafka record, epoch milliseconds
     */
    public void encode(TraceNode node, long recordTimestampMs, OutputStream out) throws IOException {
        RowBinaryRow row = new RowBinaryRow(out);
        row.number(node.getOrganizationId());
        row.number(node.getProjectId());
        row.id(node.getTraceId());
        row.time(node.getReceivedMs());
        row.time(recordTimestampMs);
        row.flag(node.getIsNode());
        event(row, node.getEvent() == null ? NO_EVENT : node.getEvent(), node);
        error(row, node.getError());
        row.spanId(node.getSegmentId());
        spans(row, node.getSpans());
        change(row, node.getChange());
        row.uint16(retention.nodes());
        row.uint16(retention.spans());
        row.uint16(retention.errors());
    }

    private static void event(RowBinaryRow row, EventSummary event, TraceNode node) throws IOException {
        row.id(node.getEvent() == null ? null : event.getEventId());
        row.flag(event.getOccurrence());
        row.text(event.getType());
        row.text(event.getLevel());
        row.time(event.getTimestampMs());
        row.nullable(event.getDurationMs());
        row.number(event.getGroupId() == null ? 0 : event.getGroupId());
        row.id(node.getPrimaryHash());
        row.text(event.getTransaction());
        row.spanId(event.getSpanId());
        row.spanId(event.getParentSpanId());
        row.id(event.getProfileId());
        row.text(event.getOp());
        row.text(event.getStatus());
        row.text(event.getPlatform());
        row.text(event.getRelease());
        row.text(event.getEnvironment());
    }

    private static EventSummary noEvent() {
        EventSummary none = new EventSummary();
        none.setType("");
        none.setLevel("");
        return none;
    }

    private static void error(RowBinaryRow row, @Nullable ErrorDetail error) throws IOException {
        row.flag(error != null);
        row.text(error == null ? null : error.getType());
        row.text(error == null ? null : error.getValue());
        row.text(error == null ? null : error.getCulprit());
        row.nullableBool(error == null ? null : error.getHandled());
        List<ErrorFrame> frames = error == null ? List.of() : error.getFrames();
        row.array(frames, frame -> row.text(frame.getFunction()));
        row.array(frames, frame -> row.text(frame.getFile()));
        row.array(frames, frame -> row.int32(frame.getLine()));
        row.array(frames, frame -> row.flag(frame.getInApp()));
    }

    private static void spans(RowBinaryRow row, List<TraceSpan> spans) throws IOException {
        row.array(spans, span -> row.spanId(span.getSpanId()));
        row.array(spans, span -> row.spanId(span.getParentSpanId()));
        row.array(spans, span -> row.text(span.getOp()));
        row.array(spans, span -> row.text(span.getName()));
        row.array(spans, span -> row.text(span.getStatus()));
        row.array(spans, span -> row.time(span.getStartedMs()));
        row.array(spans, span -> row.number(span.getDurationMs()));
    }

    private static void change(RowBinaryRow row, @Nullable IssueChange change) throws IOException {
        row.text(change == null ? null : change.getOperation());
        row.time(change == null ? 0 : change.getAtMs());
        row.array(change == null ? List.<Long>of() : change.getFromGroupIds(), row::number);
        row.number(change == null ? 0 : change.getToGroupId());
        row.array(change == null ? List.<Id>of() : change.getHashes(), row::id);
        row.array(change == null ? List.<Id>of() : change.getEventIds(), row::id);
    }
}
