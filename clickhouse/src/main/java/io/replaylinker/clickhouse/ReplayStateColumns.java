package io.replaylinker.clickhouse;

import io.replaylinker.schemas.ReplayState;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Encodes a replay state as a row of {@code replays}, which merges with the existing rows of that replay. A view adds what the links
 * contribute.
 */
public final class ReplayStateColumns {

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
     * Writes the row. A pure function of its arguments: the same record always gives the same bytes, otherwise a repeated insert would not
     * be recognized.
     *
     * @param recordTimestampMs timestamp of the Kafka record, epoch milliseconds
     */
    public void encode(ReplayState replayState, long recordTimestampMs, OutputStream out) throws IOException {
        RowBinaryRow row = new RowBinaryRow(out);
        row.number(replayState.getOrganizationId());
        row.number(replayState.getProjectId());
        row.day(replayState.getStartedMs());
        row.id(replayState.getReplayId());
        row.time(replayState.getStartedMs());
        row.time(replayState.getLastSeenMs());
        row.int32(replayState.getLastSegmentId());
        row.flag(replayState.getArchived());
        row.text(replayState.getReplayType());
        row.text(replayState.getPlatform());
        row.text(replayState.getRelease());
        row.text(replayState.getEnvironment());
        row.uint16(replayState.getRetentionDays());
        row.time(replayState.getLastSeenMs());
        row.time(recordTimestampMs);
    }
}
