package io.replaylinker.sinks.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.clickhouse.client.api.data_formats.RowBinaryFormatSerializer;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.sinks.RowEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A link as a row of {@code replay_links} in ClickHouse's RowBinary format: the values in the order of the columns. */
final class LinkColumns implements RowEncoder<Link> {

    private static final String TEXT = "LowCardinality(String)";
    private static final String TIME = "DateTime64(3, 'UTC')";
    private static final String ID = "FixedString(16)";
    private static final String SPAN_ID = "FixedString(8)";

    static final Table TABLE = new Table(
            "replay_links",
            List.of(
                    new Column("organization_id", "UInt64"),
                    new Column("replay_id", ID),
                    new Column("trace_id", ID),
                    new Column("event_id", ID),
                    new Column("replay_project_id", "UInt64"),
                    new Column("replay_started_at", TIME),
                    new Column("retention_days", "UInt16"),
                    new Column("event_project_id", "UInt64"),
                    new Column("event_type", TEXT),
                    new Column("level", TEXT),
                    new Column("event_at", TIME),
                    new Column("received_at", TIME),
                    new Column("group_id", "UInt64"),
                    new Column("transaction", TEXT),
                    new Column("span_id", SPAN_ID),
                    new Column("parent_span_id", SPAN_ID),
                    new Column("client_span_ids", "Array(FixedString(8))"),
                    new Column("profile_id", ID),
                    new Column("op", TEXT),
                    new Column("status", TEXT),
                    new Column("duration_ms", "Nullable(Int64)"),
                    new Column("platform", TEXT),
                    new Column("release", TEXT),
                    new Column("environment", TEXT),
                    new Column("method", TEXT),
                    new Column("confidence", "Float64"),
                    new Column("in_session", "Bool"),
                    new Column("confirmed", "Bool"),
                    new Column("linked_at", TIME),
                    new Column("ingested_at", TIME),
                    new Column("version", "UInt64"),
                    new Column("is_deleted", "UInt8")));

    private static final byte[] NO_ID = new byte[16];
    private static final byte[] NO_SPAN_ID = new byte[8];

    /** A DateTime, which the table's TTL is reckoned in, ends in 2106; a time past that would come round to 1970 and expire. */
    private static final long LAST_TIME_MS = 4_294_967_295_000L;

    private static final int LAST_RETENTION_DAYS = 0xFFFF;

    @Override
    public void encode(Link link, long recordTimestampMs, OutputStream out) throws IOException {
        RowBinaryFormatSerializer row = new RowBinaryFormatSerializer(out);
        EventSummary event = link.getEvent();
        // UInt64 has the bytes of a Java long; the serializer's own way for it goes through BigInteger.
        row.writeInt64(event.getOrganizationId());
        id(row, link.getReplayId());
        id(row, event.getTraceId());
        id(row, event.getEventId());
        row.writeInt64(link.getReplayProjectId());
        time(row, link.getReplayStartedMs());
        row.writeUInt16(Math.min(Math.max(link.getRetentionDays(), 0), LAST_RETENTION_DAYS));
        event(row, event, out);
        text(row, link.getMethod().name().toLowerCase(Locale.ROOT));
        row.writeFloat64(link.getConfidence());
        row.writeBool(link.getInSession());
        row.writeBool(link.getConfirmed());
        time(row, link.getLinkedAtMs());
        time(row, recordTimestampMs);
        row.writeInt64(link.getVersion());
        row.writeUInt8((short) (link.getDeleted() ? 1 : 0));
    }

    private static void event(RowBinaryFormatSerializer row, EventSummary event, OutputStream out) throws IOException {
        row.writeInt64(event.getProjectId());
        text(row, event.getType());
        text(row, event.getLevel());
        time(row, event.getTimestampMs());
        time(row, event.getReceivedMs());
        row.writeInt64(event.getGroupId() == null ? 0 : event.getGroupId());
        text(row, event.getTransaction());
        spanId(row, event.getSpanId());
        spanId(row, event.getParentSpanId());
        RowBinaryFormatSerializer.writeSize(out, event.getClientSpanIds().size());
        for (SpanId id : event.getClientSpanIds()) {
            spanId(row, id);
        }
        id(row, event.getProfileId());
        text(row, event.getOp());
        text(row, event.getStatus());
        duration(row, event.getDurationMs());
        text(row, event.getPlatform());
        text(row, event.getRelease());
        text(row, event.getEnvironment());
    }

    private static void id(RowBinaryFormatSerializer row, @Nullable Id id) throws IOException {
        row.writeFixedString(id == null ? NO_ID : id.bytes(), NO_ID.length);
    }

    private static void spanId(RowBinaryFormatSerializer row, @Nullable SpanId id) throws IOException {
        row.writeFixedString(id == null ? NO_SPAN_ID : id.bytes(), NO_SPAN_ID.length);
    }

    private static void text(RowBinaryFormatSerializer row, @Nullable String text) throws IOException {
        row.writeString(text == null ? new byte[0] : text.getBytes(UTF_8));
    }

    /** DateTime64(3) is a count of milliseconds. */
    private static void time(RowBinaryFormatSerializer row, long epochMs) throws IOException {
        row.writeInt64(Math.min(Math.max(epochMs, 0), LAST_TIME_MS));
    }

    private static void duration(RowBinaryFormatSerializer row, @Nullable Long durationMs) throws IOException {
        if (durationMs == null) {
            row.writeNull();
        } else {
            row.writeNotNull();
            row.writeInt64(durationMs);
        }
    }
}
