package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.TableRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Counts the events of a replay over time. */
final class EventDensities {

    private static final String OF_REPLAY = """
            FROM replay_links FINAL
            PREWHERE organization_id IN {organizations:Array(UInt64)}
              AND replay_id = {replay:FixedString(16)}
            WHERE ({any_project:UInt8} OR event_project_id = {project:UInt64})
              AND toUnixTimestamp64Milli(event_at) >= {since_ms:Int64}
              AND toUnixTimestamp64Milli(event_at) < {until_ms:Int64}
            """;

    private static final String RANGE = """
            SELECT count() AS events, min(event_at) AS first_event, max(event_at) AS last_event
            """ + OF_REPLAY;

    /** A status that Sentry counts as no failure is none here. */
    private static final String CELLS = """
            SELECT
                intDiv(toUnixTimestamp64Milli(event_at) - {from_ms:Int64}, {step_ms:Int64}) AS step,
                event_project_id AS project,
                multiIf(
                    bitAnd(kind, 10) != 0, if(status IN ('', 'ok', 'cancelled', 'unknown'), 'CALL', 'FAILED_CALL'),
                    severity >= 4, 'ERROR',
                    severity = 3, 'WARNING',
                    'OTHER') AS look,
                count() AS events
            """ + OF_REPLAY + """
            GROUP BY step, project, look
            ORDER BY step, project, look
            LIMIT 50000
            """;

    private final TableReader tables;

    EventDensities(TableReader tables) {
        this.tables = tables;
    }

    Optional<EventDensity> of(List<Long> organizations, String replayId, Filter filter, int steps) {
        List<Range> ranges = tables.rows(
                "counting a replay's events",
                RANGE,
                parameters(organizations, replayId, filter).values(),
                row -> new Range(row.number("events"), row.timestamp("first_event"), row.timestamp("last_event")));
        return ranges.stream()
                .filter(range -> range.events() > 0)
                .findFirst()
                .map(range -> density(organizations, replayId, filter, steps, range));
    }

    private EventDensity density(List<Long> organizations, String replayId, Filter filter, int steps, Range range) {
        long length = Duration.between(range.first(), range.last()).toMillis() + 1;
        long stepMs = (length + steps - 1) / steps;
        Parameters parameters = parameters(organizations, replayId, filter)
                .number("from_ms", range.first().toEpochMilli())
                .number("step_ms", stepMs);
        List<EventDensity.Cell> cells =
                tables.rows("counting a replay's events", CELLS, parameters.values(), EventDensities::cell);
        return new EventDensity(
                cells.stream().mapToLong(EventDensity.Cell::events).sum(),
                range.first(),
                Duration.ofMillis(stepMs),
                steps,
                cells);
    }

    private static Parameters parameters(List<Long> organizations, String replayId, Filter filter) {
        return Links.narrowed(organizations, filter).id("replay", replayId).number("until_ms", filter.untilMs());
    }

    private static EventDensity.Cell cell(TableRow row) {
        return new EventDensity.Cell(
                Math.toIntExact(row.number("step")),
                row.number("project"),
                EventDensity.Look.valueOf(row.text("look")),
                row.number("events"));
    }

    private record Range(long events, Instant first, Instant last) {}
}
