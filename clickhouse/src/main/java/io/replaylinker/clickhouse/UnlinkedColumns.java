package io.replaylinker.clickhouse;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Unlinked;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/**
 * An event without a link, as a row of {@code link_coverage}: one that claimed a replay, or a backend error that names nothing and is
 * there for the sake of the share alone ({@code claimed = 0}). It stands beside the rows of its links, which come from a view, and
 * counts as long as none of those holds.
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
                    new Column("claimed", "UInt8"),
                    new Column("method", Column.TEXT),
                    new Column("outcome", Column.TEXT),
                    new Column("claimed_replay_id", Column.ID),
                    new Column("received_at", Column.TIME),
                    new Column("ingested_at", Column.TIME),
                    new Column("version", Column.NUMBER)),
            List.of());

    /** Of a row's version: below the millisecond there is room for a number of the verdict. */
    private static final int REASON_BITS = 20;

    /**
     * Writes the row. A pure function of its arguments: the same record gives the same bytes in every run, else a repeated insert would not
     * be recognised.
     *
     * @param recordTimestampMs timestamp of the record in Kafka, epoch milliseconds
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
        row.flag(unlinked.getClaimed());
        row.text(unlinked.getMethod().name().toLowerCase(Locale.ROOT));
        row.text(unlinked.getReason().name());
        row.id(unlinked.getReplayId());
        row.time(event.getReceivedMs());
        row.time(recordTimestampMs);
        row.number(version(recordTimestampMs, unlinked));
    }

    /** All verdicts have version 0, so the later one counts, and of two in the same millisecond always the same. */
    private static long version(long recordTimestampMs, Unlinked unlinked) {
        String verdict = unlinked.getReason().name() + unlinked.getMethod() + unlinked.getClaimed();
        return (Math.max(recordTimestampMs, 0) << REASON_BITS) + (verdict.hashCode() & ((1 << REASON_BITS) - 1));
    }
}
