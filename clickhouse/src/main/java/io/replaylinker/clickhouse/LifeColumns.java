package io.replaylinker.clickhouse;

import io.replaylinker.schemas.ReplayLife;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A replay's life as a row of {@code replays}, which merges with what is there of that replay. What its links say of it comes from
 * a view.
 */
public final class LifeColumns {

    public static final Table TABLE = new Table(
            "replays",
            List.of(
                    new Column("organization_id", Column.NUMBER),
                    new Column("project_id", Column.NUMBER),
                    new Column("day", "Date"),
                    new Column("replay_id", Column.ID),
                    Column.merged("started_at", "min", Column.TIME),
                    Column.merged("last_seen_at", "max", Column.TIME),
                    Column.merged("last_segment_id", "max", "Int32"),
                    Column.merged("archived", "max", "UInt8"),
                    Column.merged("replay_type", "max", Column.TEXT),
                    Column.merged("platform", "max", Column.TEXT),
                    Column.merged("release", "max", Column.TEXT),
                    Column.merged("environment", "max", Column.TEXT),
                    Column.merged("retention_days", "max", "UInt16"),
                    Column.merged("received_at", "max", Column.TIME),
                    Column.merged("ingested_at", "max", Column.TIME)),
            List.of(
                    Column.merged("first_event_at", "min", "Nullable(" + Column.TIME + ")"),
                    Column.merged("last_event_at", "max", "Nullable(" + Column.TIME + ")"),
                    Column.merged("worst_level", "max", "UInt8"),
                    Column.merged("kinds", "groupBitOr", "UInt8"),
                    new Column("errors", "AggregateFunction(uniq, " + Column.ID + ")")));

    /**
     * Writes the row. A pure function of its arguments: the same record gives the same bytes in every run, else a repeated insert would not
     * be recognised.
     *
     * @param recordTimestampMs timestamp of the record in Kafka, epoch milliseconds
     */
    public void encode(ReplayLife life, long recordTimestampMs, OutputStream out) throws IOException {
        RowBinaryRow row = new RowBinaryRow(out);
        row.number(life.getOrganizationId());
        row.number(life.getProjectId());
        row.day(life.getStartedMs());
        row.id(life.getReplayId());
        row.time(life.getStartedMs());
        row.time(life.getLastSeenMs());
        row.int32(life.getLastSegmentId());
        row.flag(life.getArchived());
        row.text(life.getReplayType());
        row.text(life.getPlatform());
        row.text(life.getRelease());
        row.text(life.getEnvironment());
        row.uint16(life.getRetentionDays());
        row.time(life.getLastSeenMs());
        row.time(recordTimestampMs);
    }
}
