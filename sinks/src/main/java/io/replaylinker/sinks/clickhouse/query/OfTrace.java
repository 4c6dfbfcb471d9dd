package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.Parameters;
import io.replaylinker.sinks.clickhouse.TableReader;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Replays of a trace. It has few, so they are all read, whatever the day; each is told with its first events of the trace. Those are asked for
 * beside the replays, of all of them, and anew for those of a page only where a trace has very many.
 */
final class OfTrace {

    private static final String IDS = """
            SELECT DISTINCT lower(hex(trace_id)) AS trace
            FROM replays_by_trace
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND trace_id >= unhex({first:String}) AND trace_id <= unhex({last:String})
            ORDER BY trace
            LIMIT {limit:UInt32}
            """;

    private static final int MOST_AT_ONCE = 1_000;

    private final TableReader tables;
    private final Beside beside;
    private final List<Long> organizations;
    private final Filter filter;
    private final Clock clock;

    OfTrace(TableReader tables, Beside beside, List<Long> organizations, Filter filter, Clock clock) {
        this.tables = tables;
        this.beside = beside;
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
        Supplier<Optional<List<LinkedEvent>>> events =
                beside.ask(() -> new Links(tables).ofTrace(organizations, traceId, ReplayHit.FIRST, MOST_AT_ONCE));
        Page<ReplayHit> page = new ByKey(tables, organizations, filter, key, clock).page();
        List<LinkedEvent> told = events.get().orElseGet(() -> ofPage(traceId, page.rows()));
        return page.known(filter)
                .map(known -> new TraceStory(traceId, new Page<>(withEvents(known.rows(), told), known.next())));
    }

    private List<LinkedEvent> ofPage(String traceId, List<ReplayHit> hits) {
        List<String> replays =
                hits.stream().map(hit -> hit.replay().replayId()).distinct().toList();
        return new Links(tables).ofTrace(organizations, traceId, replays, ReplayHit.FIRST);
    }

    private static List<ReplayHit> withEvents(List<ReplayHit> hits, List<LinkedEvent> told) {
        Map<Replay, List<LinkedEvent>> events = told.stream()
                .collect(Collectors.groupingBy(event -> new Replay(event.organizationId(), event.replayId())));
        return hits.stream()
                .map(hit -> hit.with(events.getOrDefault(
                        new Replay(hit.replay().organizationId(), hit.replay().replayId()), List.of())))
                .toList();
    }

    /** Another organization may use the same id. */
    private record Replay(long organizationId, String id) {}
}
