package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.TableRow;
import java.time.Instant;

/**
 * A replay that a table nominates.
 *
 * @param projectId of the replay
 * @param startedAt as the table has it, which is its place in the order of the answer
 */
record Candidate(long organizationId, long projectId, String replayId, Instant startedAt) {

    static Candidate of(TableRow row) {
        return new Candidate(
                row.number("organization"), row.number("project"), row.text("replay"), row.time("started_ms"));
    }

    Cursor place() {
        return new Cursor(Cursor.Order.REPLAYS, startedAt.toEpochMilli(), replayId);
    }
}
