package io.replaylinker.clickhouse;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Unlinked;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/**
 * Encodes an unlinked event as a row of {@code link_coverage}. It is either an event that claimed a replay, or a backend error without a
 * claim that is counted in the linked share only ({@code claimed = 0}). A view adds the rows of the event's links. This row counts as long
 * as the event has no current link.
 */
public final class UnlinkedColumns {

    public static final Table TABLE = new Table(
            "link_coverage",
            List.of(
                    new Column("organization_id", Column.NUMBER),
                    new Column("hour", "DateTime('UTC')"),
                    new Column("event_project_id", Column.NUMBER),
                    new Column("event_id", Column.ID),
                    new Column("replay_id", Column.ID),
                    new Column("occurrence", "UInt8"),
                    new Column("kind", Column.TEXT),
                    new Column("origin", Column.TEXT),
                    new Column("platform", Column.TEXT),
                    new Column("claimed", "UInt8"),
                    new Column("method", Column.TEXT),
                    new Column("outcome", Column.TEXT),
                    new Column("claimed_replay_id", Column.ID),
                    new Column("received_at", Column.TIME),
                    new Column("ingested_at", Column.TIME),
                    new Column("version", Column.NUMBER)),
            List.of());

    /** Bits of a row's version below the millisecond, for the number of the outcome. */
    private static final int REASON_BITS = 20;

    /**
     * Writes the row. A pure function of its arguments: the same record always gives the same bytes, otherwise a repeated insert would not
     * be recognized.
     *
     * @param recordTimestampMs timestamp of the Kafka record, epoch milliseconds
     */
    public void encode(Unlinked unlinked, long recordTimestampMs, OutputStream out) throws IOException {
        RowBinaryRow row = new RowBinaryRow(out);
        EventSummary event = unlinked.getEvent();
        EventKind kind = EventKind.of(event);
        row.number(event.getOrganizationId());
        row.hour(event.getReceivedMs());
        row.number(event.getProjectId());
        row.id(event.getEventId());
        row.id(null);
        row.flag(event.getOccurrence());
        row.text(kind.isOccurrence() ? "occurrence" : kind.isCall() ? "call" : "error");
        row.text(kind.isFrontend() ? "frontend" : "backend");
        row.text(event.getPlatform());
        row.flag(unlinked.getClaimed());
        row.text(unlinked.getMethod().name().toLowerCase(Locale.ROOT));
        row.text(unlinked.getReason().name());
        row.id(unlinked.getReplayId());
        row.time(event.getReceivedMs());
        row.time(recordTimestampMs);
        row.number(version(recordTimestampMs, unlinked));
    }

    /** All outcomes have version 0, so the later record wins. Of two within the same millisecond, always the same one wins. */
    private static long version(long recordTimestampMs, Unlinked unlinked) {
        String verdict = unlinked.getReason().name() + unlinked.getMethod() + unlinked.getClaimed();
        return (Math.max(recordTimestampMs, 0) << REASON_BITS) + (verdict.hashCode() & ((1 << REASON_BITS) - 1));
    }
}
