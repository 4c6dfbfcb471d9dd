package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.TableRow;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads current links, without retracted ones, from {@code replay_links FINAL}. PREWHERE is evaluated before versions are merged, so it may contain only
 * columns of the sorting key: all versions of a link have those in common.
 */
public final class Links {

    private static final String COLUMNS = """
            SELECT
                lower(hex(event_id)) AS event,
                organization_id,
                event_project_id,
                occurrence,
                kind,
                event_type,
                level,
                `transaction`,
                op,
                status,
                duration_ms,
                platform,
                release,
                environment,
                group_id,
                lower(hex(trace_id)) AS trace,
                lower(hex(span_id)) AS span,
                lower(hex(parent_span_id)) AS parent_span,
                event_at,
                received_at,
                lower(hex(replay_id)) AS replay,
                replay_project_id,
                replay_started_at,
                method,
                confidence,
                in_session,
                confirmed,
                linked_at,
                ingested_at
            FROM replay_links FINAL
            """;

    private static final String ALL = COLUMNS + "ORDER BY event_id, replay_id, occurrence";

    private static final String OF_REPLAY = COLUMNS + """
            PREWHERE organization_id IN {organizations:Array(UInt64)}
              AND replay_id = {replay:FixedString(16)}
            WHERE ({any_project:UInt8} OR event_project_id = {project:UInt64})
              AND toUnixTimestamp64Milli(event_at) >= {since_ms:Int64}
              AND toUnixTimestamp64Milli(event_at) < {until_ms:Int64}
              AND (toUnixTimestamp64Milli(event_at) > {after_ms:Int64}
                   OR toUnixTimestamp64Milli(event_at) = {after_ms:Int64}
                      AND (event_id, occurrence) > ({after_id:FixedString(16)}, {after_occurrence:UInt8}))
            ORDER BY event_at, event_id, occurrence, event_project_id
            LIMIT {limit:UInt32}
            """;

    private static final String OF_EVENT = COLUMNS + """
            PREWHERE organization_id IN {organizations:Array(UInt64)}
              AND replay_id GLOBAL IN (
                  SELECT replay_id
                  FROM replays_by_event
                  WHERE organization_id IN {organizations:Array(UInt64)}
                    AND event_prefix = {short:FixedString(4)})
              AND event_id BETWEEN {first:FixedString(16)} AND {last:FixedString(16)}
            WHERE ({any_project:UInt8} OR event_project_id = {project:UInt64})
              AND toUnixTimestamp64Milli(event_at) >= {since_ms:Int64}
            ORDER BY event_id, event_project_id, occurrence, replay_id
            LIMIT 200
            """;

    private static final String OF_TRACE = COLUMNS + """
            PREWHERE organization_id IN {organizations:Array(UInt64)}
              AND replay_id IN {replays:Array(FixedString(16))}
              AND trace_id = {trace:FixedString(16)}
            ORDER BY event_at, event_id, occurrence, event_project_id
            LIMIT {each:UInt32} BY organization_id, replay_id
            """;

    private static final Pattern NO_ID = Pattern.compile("0*");

    private final TableReader tables;

    public Links(TableReader tables) {
        this.tables = tables;
    }

    /**
     * Returns all current links, ordered by event id.
     *
     * @throws io.replaylinker.clickhouse.StorageException when the server cannot be reached or refuses
     */
    public List<LinkedEvent> all() {
        return tables.rows("reading the links", ALL, Map.of(), Links::event);
    }

    /** Returns the events of a replay in chronological order. */
    Page<LinkedEvent> ofReplay(List<Long> organizations, String replayId, Filter filter) {
        Cursor after = filter.after();
        Parameters parameters = narrowed(organizations, filter)
                .id("replay", replayId)
                .number("until_ms", filter.untilMs())
                .number("after_ms", after == null ? -1 : after.timeMs())
                .id("after_id", after == null ? "" : after.id())
                .number("after_occurrence", after != null && after.occurrence() ? 1 : 0)
                .number("limit", filter.limit() + 1L);
        List<LinkedEvent> events = tables.rows("reading a replay", OF_REPLAY, parameters.values(), Links::event);
        return Page.of(
                events,
                filter.limit(),
                event -> new Cursor(
                        Cursor.Order.EVENTS, event.eventAt().toEpochMilli(), event.eventId(), event.occurrence()));
    }

    /** Returns the links of all events whose id has the prefix, ordered by id. */
    List<LinkedEvent> ofEvent(List<Long> organizations, IdPrefix event, Filter filter) {
        Parameters parameters = event.in(narrowed(organizations, filter));
        return tables.rows("reading an event", OF_EVENT, parameters.values(), Links::event);
    }

    /** Returns the first events of a trace in each of these replays, in chronological order. */
    List<LinkedEvent> ofTrace(String traceId, List<KnownReplay> replays, int each) {
        if (replays.isEmpty()) {
            return List.of();
        }
        Parameters parameters = new Parameters()
                .unsigned("organizations", ReplayStates.organizations(replays))
                .ids("replays", ReplayStates.ids(replays))
                .id("trace", traceId)
                .number("each", each);
        return tables.rows("reading a trace", OF_TRACE, parameters.values(), Links::event);
    }

    static Parameters narrowed(List<Long> organizations, Filter filter) {
        return ofProject(filter.project())
                .unsigned("organizations", organizations)
                .number("since_ms", filter.sinceMs());
    }

    /** The values of {@code any_project} and {@code project}, which make a condition match one project or all. */
    static Parameters ofProject(@Nullable Long project) {
        return new Parameters()
                .number("any_project", project == null ? 1 : 0)
                .unsigned("project", project == null ? 0 : project);
    }

    private static LinkedEvent event(TableRow row) {
        return new LinkedEvent(
                row.text("event"),
                row.number("organization_id"),
                row.number("event_project_id"),
                row.number("occurrence") == 1,
                Codes.kind(row.number("kind")),
                row.text("event_type"),
                row.text("level"),
                row.text("transaction"),
                row.text("op"),
                row.text("status"),
                row.numberOrNull("duration_ms"),
                row.text("platform"),
                row.text("release"),
                row.text("environment"),
                row.number("group_id"),
                idOrEmpty(row.text("trace")),
                idOrEmpty(row.text("span")),
                idOrEmpty(row.text("parent_span")),
                row.timestamp("event_at"),
                row.timestamp("received_at"),
                row.text("replay"),
                row.number("replay_project_id"),
                row.timestamp("replay_started_at"),
                row.text("method"),
                row.decimal("confidence"),
                row.flag("in_session"),
                row.flag("confirmed"),
                row.timestamp("linked_at"),
                row.timestamp("ingested_at"));
    }

    /** An id of zeros means that there is none and becomes an empty text. */
    static String idOrEmpty(String digits) {
        return NO_ID.matcher(digits).matches() ? "" : digits;
    }
}
