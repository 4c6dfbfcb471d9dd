package io.replaylinker.clickhouse;

import java.util.List;
import java.util.Map;

/** Reads the current state beside the links: why events are unlinked, the known state of replays, and the organizations of projects. */
public final class CurrentState {

    private static final String VERDICTS = """
            SELECT lower(hex(event_id)) AS event, toInt64(event_project_id) AS project, occurrence, outcome AS verdict,
                claimed
            FROM link_outcomes
            WHERE hour >= toStartOfHour(fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC'))
              AND hour <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
              AND received_at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
              AND received_at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
            """;

    private static final String REPLAYS = """
            SELECT
                toInt64(organization_id) AS organization,
                toInt64(project_id) AS project,
                lower(hex(replay_id)) AS replay,
                toUnixTimestamp64Milli(min(started_at)) AS started_ms,
                toUnixTimestamp64Milli(max(last_seen_at)) AS last_seen_ms,
                max(last_segment_id) AS last_segment,
                toInt64(max(archived)) AS is_archived
            FROM replays
            WHERE day >= toDate(fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC'))
              AND day <= toDate(fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC'))
            GROUP BY organization_id, project_id, replay_id
            """;

    /** Only replays with a published state. Rows that come from links have the organization of the event. */
    private static final String ORGANIZATIONS = """
            SELECT DISTINCT toInt64(organization_id) AS organization, toInt64(event_project_id) AS project
            FROM (SELECT organization_id, event_project_id FROM replay_links
                  UNION ALL SELECT organization_id, event_project_id FROM link_coverage
                  UNION ALL SELECT organization_id, project_id FROM replays
                      WHERE toUnixTimestamp64Milli(last_seen_at) > 0)
            WHERE organization_id != 0
            ORDER BY organization, project
            """;

    private final TableReader tables;

    public CurrentState(TableReader tables) {
        this.tables = tables;
    }

    /**
     * The outcome of an event that claimed a replay, or of a backend error.
     *
     * @param eventId 32 lower hex digits
     * @param occurrence whether it is an issue-platform event; it may share its event id with a transaction
     * @param outcome such as LINKED or REPLAY_NOT_SEEN
     * @param claimed false for a backend error that names no replay
     */
    public record Verdict(long projectId, String eventId, boolean occurrence, String outcome, boolean claimed) {}

    /** The known state of a replay. Its id is in hex digits; the time last seen is 0 while only links are known. */
    public record Replay(
            long organizationId,
            long projectId,
            String replayId,
            long startedMs,
            long lastSeenMs,
            int lastSegment,
            boolean archived) {}

    /** The project belongs to the organization. */
    public record Affiliation(long projectId, long organizationId) {}

    /**
     * Reads the outcomes of the events that were received in the time range: epoch milliseconds, both inclusive, at most 14 days back.
     *
     * @throws io.replaylinker.clickhouse.StorageException when the server cannot be reached or refuses
     */
    public List<Verdict> verdicts(long fromMs, long toMs) {
        return tables.rows(
                "reading outcomes",
                VERDICTS,
                span(fromMs, toMs),
                row -> new Verdict(
                        row.number("project"),
                        row.text("event"),
                        row.number("occurrence") == 1,
                        row.text("verdict"),
                        row.number("claimed") == 1));
    }

    /**
     * Reads the replays that started on the days of the time range: epoch milliseconds, both days inclusive.
     *
     * @throws io.replaylinker.clickhouse.StorageException when the server cannot be reached or refuses
     */
    public List<Replay> replays(long fromMs, long toMs) {
        return tables.rows(
                "reading replay states",
                REPLAYS,
                span(fromMs, toMs),
                row -> new Replay(
                        row.number("organization"),
                        row.number("project"),
                        row.text("replay"),
                        row.number("started_ms"),
                        row.number("last_seen_ms"),
                        (int) row.number("last_segment"),
                        row.number("is_archived") != 0));
    }

    /**
     * Reads all known affiliations, smaller organizations first.
     *
     * @throws io.replaylinker.clickhouse.StorageException when the server cannot be reached or refuses
     */
    public List<Affiliation> affiliations() {
        return tables.rows(
                "reading organizations",
                ORGANIZATIONS,
                Map.of(),
                row -> new Affiliation(row.number("project"), row.number("organization")));
    }

    private static Map<String, Object> span(long fromMs, long toMs) {
        return new Parameters().number("from_ms", fromMs).number("to_ms", toMs).values();
    }
}
