package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.Parameters;
import io.replaylinker.sinks.clickhouse.TableReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Replays of a trace. It has few, so they are all read, whatever the day. */
final class OfTrace implements Nomination {

    private static final String IDS = """
            SELECT DISTINCT lower(hex(trace_id)) AS trace
            FROM replays_by_trace
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND trace_id >= unhex({first:String}) AND trace_id <= unhex({last:String})
            ORDER BY trace
            LIMIT {limit:UInt32}
            """;

    private static final String CANDIDATES = """
            SELECT
                toInt64(organization_id) AS organization,
                toInt64(max(replay_project_id)) AS project,
                lower(hex(replay_id)) AS replay,
                toUnixTimestamp64Milli(min(replay_started_at)) AS started_ms
            FROM replays_by_trace
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND trace_id = toFixedString(unhex({trace:String}), 16)
            GROUP BY organization_id, replay_id
            HAVING toDate(min(replay_started_at)) BETWEEN {from:Date} AND {until:Date}
               AND started_ms >= {since_ms:Int64}
               AND (started_ms < {before_ms:Int64} OR started_ms = {before_ms:Int64} AND replay > {after_id:String})
            ORDER BY started_ms DESC, replay
            LIMIT {limit:UInt32}
            """;

    private static final String NEWEST_DAY = """
            SELECT max(toDate(replay_started_at)) AS newest, count() AS rows
            FROM replays_by_trace
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND trace_id = toFixedString(unhex({trace:String}), 16)
              AND toDate(replay_started_at) <= {until:Date}
            """;

    private static final String HOLDS = """
            AND trace_id = toFixedString(unhex({trace:String}), 16)
            AND ({any_project:UInt8} OR replay_project_id = {project:UInt64})
            """;

    private final TableReader tables;
    private final List<Long> organizations;
    private final String traceId;
    private final Filter filter;

    OfTrace(TableReader tables, List<Long> organizations, String traceId, Filter filter) {
        this.tables = tables;
        this.organizations = organizations;
        this.traceId = traceId;
        this.filter = filter;
    }

    /** The traces whose ids begin like that, in their order. */
    static List<String> ids(TableReader tables, List<Long> organizations, IdPrefix trace, int limit) {
        Parameters parameters = trace.in(new Parameters())
                .unsigned("organizations", organizations)
                .number("limit", limit);
        return tables.rows("looking up a trace", IDS, parameters.values(), row -> row.text("trace"));
    }

    @Override
    public List<Candidate> candidates(LocalDate from, LocalDate until, @Nullable Cursor after, int limit) {
        Parameters parameters = parameters(until)
                .text("from", Days.text(from))
                .number("since_ms", filter.sinceMs())
                .number("before_ms", after == null ? Long.MAX_VALUE : after.timeMs())
                .text("after_id", after == null ? "" : after.id())
                .number("limit", limit);
        return tables.rows("looking up a trace", CANDIDATES, parameters.values(), Candidate::of);
    }

    @Override
    public Optional<LocalDate> newestDay(LocalDate until) {
        return tables.rows("looking up a trace", NEWEST_DAY, parameters(until).values(), Days::newest).stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Parameters parameters(LocalDate until) {
        return new Parameters()
                .unsigned("organizations", organizations)
                .text("trace", traceId)
                .text("until", Days.text(until));
    }

    @Override
    public List<Checked> checked(List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        Check check = new Check(tables, organizations);
        Check.Hits hits = check.links(
                candidates, HOLDS, Links.narrowed(organizations, filter).text("trace", traceId));
        Map<Check.Key, List<LinkedEvent>> events = events(candidates);
        return check.withLives(candidates.stream()
                .flatMap(candidate -> hits.of(candidate).stream()
                        .map(hit -> new Checked(
                                candidate, hit.with(events.getOrDefault(Check.Key.of(candidate), List.of())))))
                .toList());
    }

    private Map<Check.Key, List<LinkedEvent>> events(List<Candidate> candidates) {
        List<String> replays =
                candidates.stream().map(Candidate::replayId).distinct().toList();
        return new Links(tables)
                .ofTrace(organizations, traceId, replays, ReplayHit.FIRST).stream()
                        .collect(Collectors.groupingBy(
                                event -> new Check.Key(event.organizationId(), event.replayId())));
    }
}
