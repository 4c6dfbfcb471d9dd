package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.TableRow;
import java.util.List;

/** Reads the outcomes of events that claimed a replay, and of backend errors that did not. */
final class Outcomes {

    /**
     * The same query as view {@code link_outcomes}, without its FINAL. FINAL makes the engine read everything between the granules that the
     * id prefix index selects: hundreds of thousands of rows for the few of an event.
     */
    private static final String SELECTED = """
            SELECT
                lower(hex(event_id)) AS event,
                organization_id,
                event_project_id,
                occurrence,
                any(kind) AS of_kind,
                any(origin) AS of_origin,
                argMax((method, outcome, claimed),
                    (transform(outcome, ['DELETED', 'LINKED', 'TAKEN_BACK'], [3, 2, 0], 1), version, method)) AS newest,
                newest.1 AS by_method,
                newest.2 AS latest,
                newest.3 AS has_claim,
                lower(hex(max(claimed_replay_id))) AS claimed_replay,
                max(received_at) AS received,
                max(ingested_at) AS published
            FROM (
                SELECT *
                FROM link_coverage
                WHERE organization_id IN {organizations:Array(UInt64)}
                  AND %s
                  AND ({any_project:UInt8} OR event_project_id = {project:UInt64})
                  AND toUnixTimestamp64Milli(received_at) >= {since_ms:Int64}
                ORDER BY version DESC
                LIMIT 1 BY organization_id, hour, event_project_id, event_id, replay_id, occurrence)
            GROUP BY organization_id, hour, event_project_id, event_id, occurrence
            ORDER BY event_id, event_project_id, occurrence
            LIMIT 200
            """;

    private static final String OF_EVENT = """
            substring(event_id, 1, 4) = {short:FixedString(4)}
                  AND event_id BETWEEN {first:FixedString(16)} AND {last:FixedString(16)}""";

    /** No index has the claimed replay: the inner query reads that column of 14 days, and only for a replay of which nothing else is known. */
    private static final String NAMING_REPLAY = """
            (organization_id, hour, event_project_id, event_id) GLOBAL IN (
                      SELECT organization_id, hour, event_project_id, event_id
                      FROM link_coverage
                      WHERE organization_id IN {organizations:Array(UInt64)}
                        AND claimed_replay_id BETWEEN {first:FixedString(16)} AND {last:FixedString(16)}
                        AND claimed_replay_id != toFixedString('', 16)
                      LIMIT 200)""";

    private final TableReader tables;

    Outcomes(TableReader tables) {
        this.tables = tables;
    }

    /** Returns the outcomes of all events whose id has the prefix, ordered by id: one per project, and one for its issue-platform event. */
    List<EventOutcome> ofEvent(List<Long> organizations, IdPrefix event, Filter filter) {
        Parameters parameters = event.in(Links.narrowed(organizations, filter));
        return tables.rows(
                "reading an event's outcome", SELECTED.formatted(OF_EVENT), parameters.values(), Outcomes::outcome);
    }

    /** Returns the outcomes of 200 events at most that named a replay whose id has the prefix, or whose trace led to it. */
    List<EventOutcome> namingReplay(List<Long> organizations, IdPrefix replay, Filter filter) {
        Parameters parameters = replay.in(Links.narrowed(organizations, filter));
        return tables.rows(
                "looking for events that name a replay",
                SELECTED.formatted(NAMING_REPLAY),
                parameters.values(),
                Outcomes::outcome);
    }

    private static EventOutcome outcome(TableRow row) {
        return new EventOutcome(
                row.text("event"),
                row.number("organization_id"),
                row.number("event_project_id"),
                row.number("occurrence") == 1,
                row.text("of_kind"),
                row.text("of_origin"),
                row.text("by_method"),
                row.text("latest"),
                row.number("has_claim") == 1,
                Links.idOrEmpty(row.text("claimed_replay")),
                row.timestamp("received"),
                row.timestamp("published"));
    }
}
