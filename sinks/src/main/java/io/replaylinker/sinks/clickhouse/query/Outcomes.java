package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.Parameters;
import io.replaylinker.sinks.clickhouse.TableReader;
import io.replaylinker.sinks.clickhouse.TableRow;
import java.util.List;

/** What became of events that claimed a replay. */
final class Outcomes {

    private static final String OF_EVENT = """
            SELECT
                lower(hex(event_id)) AS event,
                toInt64(organization_id) AS organization,
                toInt64(event_project_id) AS project,
                kind,
                origin,
                method,
                outcome,
                if(claimed_replay_id = toFixedString('', 16), '', lower(hex(claimed_replay_id))) AS claimed_replay,
                toUnixTimestamp64Milli(received_at) AS received_ms,
                toUnixTimestamp64Milli(ingested_at) AS told_ms
            FROM link_outcomes
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND substring(event_id, 1, 4) = unhex({short:String})
              AND event_id >= unhex({first:String}) AND event_id <= unhex({last:String})
              AND ({any_project:UInt8} OR event_project_id = {project:UInt64})
              AND toUnixTimestamp64Milli(received_at) >= {since_ms:Int64}
            ORDER BY event_id, event_project_id
            LIMIT 200
            SETTINGS use_skip_indexes_if_final = 1
            """;

    private final TableReader tables;

    Outcomes(TableReader tables) {
        this.tables = tables;
    }

    /** Of all events whose id begins like that, in the order of ids; one a project. */
    List<EventOutcome> ofEvent(List<Long> organizations, IdPrefix event, Filter filter) {
        Parameters parameters = event.in(Links.narrowed(organizations, filter));
        return tables.rows("reading an event's outcome", OF_EVENT, parameters.values(), Outcomes::outcome);
    }

    private static EventOutcome outcome(TableRow row) {
        return new EventOutcome(
                row.text("event"),
                row.number("organization"),
                row.number("project"),
                row.text("kind"),
                row.text("origin"),
                row.text("method"),
                row.text("outcome"),
                row.text("claimed_replay"),
                row.time("received_ms"),
                row.time("told_ms"));
    }
}
