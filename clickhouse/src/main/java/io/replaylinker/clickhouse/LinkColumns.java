package io.replaylinker.clickhouse;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/** Encodes a link as a row of {@code replay_links} in ClickHouse's RowBinary format, with the values in column order. */
public final class LinkColumns {

    private static final String SPAN_ID = "FixedString(8)";

    public static final Table TABLE = new Table(
            "replay_links",
            List.of(
                    new Column("organization_id", Column.NUMBER),
                    new Column("replay_id", Column.ID),
                    new Column("trace_id", Column.ID),
                    new Column("event_id", Column.ID),
                    new Column("occurrence", "UInt8"),
                    new Column("replay_project_id", Column.NUMBER),
                    new Column("replay_started_at", Column.TIME),
                    new Column("retention_days", "UInt16"),
                    new Column("event_project_id", Column.NUMBER),
                    new Column("event_type", Column.TEXT),
                    new Column("level", Column.TEXT),
                    new Column("event_at", Column.TIME),
                    new Column("received_at", Column.TIME),
                    new Column("group_id", Column.NUMBER),
                    new Column("transaction", Column.TEXT),
                    new Column("span_id", SPAN_ID),
                    new Column("parent_span_id", SPAN_ID),
                    new Column("client_span_ids", "Array(FixedString(8))"),
                    new Column("profile_id", Column.ID),
                    new Column("op", Column.TEXT),
                    new Column("status", Column.TEXT),
                    new Column("duration_ms", "Nullable(Int64)"),
                    new Column("platform", Column.TEXT),
                    new Column("release", Column.TEXT),
                    new Column("environment", Column.TEXT),
                    new Column("method", Column.TEXT),
                    new Column("confidence", "Float64"),
                    new Column("in_session", "Bool"),
                    new Column("confirmed", "Bool"),
                    new Column("linked_at", Column.TIME),
                    new Column("ingested_at", Column.TIME),
                    new Column("version", Column.NUMBER),
                    new Column("is_deleted", "UInt8")),
            List.of(new Column("kind", "UInt8"), new Column("severity", "UInt8")));

    /**
     * Writes the row. A pure function of its arguments: the same record always gives the same bytes, otherwise a repeated insert would not
     * be recognized.
     *
     * @param recordTimestampMs timestamp of the Kafka record, epoch milliseconds
     */
    public void encode(Link link, long recordTimestampMs, OutputStream out) throws IOException {
        RowBinaryRow row = new RowBinaryRow(out);
        EventSummary event = link.getEvent();
        row.number(event.getOrganizationId());
        row.id(link.getReplayId());
        row.id(event.getTraceId());
        row.id(event.getEventId());
        row.flag(event.getOccurrence());
        row.number(link.getReplayProjectId());
        row.time(link.getReplayStartedMs());
        row.uint16(link.getRetentionDays());
        event(row, event);
        row.text(link.getMethod().name().toLowerCase(Locale.ROOT));
        row.float64(link.getConfidence());
        row.bool(link.getInSession());
        row.bool(link.getConfirmed());
        row.time(link.getLinkedAtMs());
        row.time(recordTimestampMs);
        row.number(link.getVersion());
        row.flag(link.getDeleted());
    }

    private static void event(RowBinaryRow row, EventSummary event) throws IOException {
        row.number(event.getProjectId());
        row.text(event.getType());
        row.text(event.getLevel());
        row.time(event.getTimestampMs());
        row.time(event.getReceivedMs());
        row.number(event.getGroupId() == null ? 0 : event.getGroupId());
        row.text(event.getTransaction());
        row.spanId(event.getSpanId());
        row.spanId(event.getParentSpanId());
        row.spanIds(event.getClientSpanIds());
        row.id(event.getProfileId());
        row.text(event.getOp());
        row.text(event.getStatus());
        row.nullable(event.getDurationMs());
        row.text(event.getPlatform());
        row.text(event.getRelease());
        row.text(event.getEnvironment());
    }
}
