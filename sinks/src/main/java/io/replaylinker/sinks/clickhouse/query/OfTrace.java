package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.Parameters;
import io.replaylinker.sinks.clickhouse.TableReader;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Replays of a trace. It has few, so they are all read, whatever the day; each is told with its first events of the trace. */
final class OfTrace {

    private static final String IDS = """
            SELECT DISTINCT lower(hex(trace_id)) AS trace
            FROM replays_by_trace
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND trace_id >= unhex({first:String}) AND trace_id <= unhex({last:String})
            ORDER BY trace
            LIMIT {limit:UInt32}
            """;

    private final TableReader tables;
    private final List<Long> organizations;
    private final Filter filter;
    private final Clock clock;

    OfTrace(TableReader tables, List<Long> organizations, Filter filter, Clock clock) {
        this.tables = tables;
        this.organizations = organizations;
        this.filter = filter;
        this.clock = clock;
    }

    /** The traces whose ids begin like that, in their order; a whole id is not looked for. */
    List<String> ids(IdPrefix trace, int limit) {
        if (trace.isWhole()) {
            return List.of(trace.digits());
        }
        Parameters parameters = trace.in(new Parameters())
                .unsigned("organizations", organizations)
                .number("limit", limit);
        return tables.rows("looking up a trace", IDS, parameters.values(), row -> row.text("trace"));
    }

    /** Empty when it has none. */
    Optional<TraceStory> story(String traceId) {
        ByKey.Key key = new ByKey.Key(
                "replays_by_trace",
                "toDate(replay_started_at)",
                false,
                "trace_id = toFixedString(unhex({trace:String}), 16)",
                true,
                () -> new Parameters().text("trace", traceId));
        return new ByKey(tables, organizations, filter, key, clock)
                .page()
                .known(filter)
                .map(page -> new TraceStory(traceId, new Page<>(withEvents(traceId, page.rows()), page.next())));
    }

    private List<ReplayHit> withEvents(String traceId, List<ReplayHit> hits) {
        if (hits.isEmpty()) {
            return hits;
        }
        List<String> replays =
                hits.stream().map(hit -> hit.replay().replayId()).distinct().toList();
        Map<Replay, List<LinkedEvent>> events = new Links(tables)
                .ofTrace(organizations, traceId, replays, ReplayHit.FIRST).stream()
                        .collect(Collectors.groupingBy(event -> new Replay(event.organizationId(), event.replayId())));
        return hits.stream()
                .map(hit -> hit.with(events.getOrDefault(
                        new Replay(hit.replay().organizationId(), hit.replay().replayId()), List.of())))
                .toList();
    }

    /** Another organization may use the same id. */
    private record Replay(long organizationId, String id) {}
}
