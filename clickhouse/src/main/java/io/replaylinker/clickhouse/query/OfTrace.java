package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import io.replaylinker.clickhouse.TableReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads traces and their events in replays. A trace has few replays, so the queries do not restrict the day. */
final class OfTrace {

    private static final String IDS = """
            SELECT DISTINCT lower(hex(trace_id)) AS trace
            FROM replays_by_trace
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND trace_id BETWEEN {first:FixedString(16)} AND {last:FixedString(16)}
            ORDER BY trace
            LIMIT {limit:UInt32}
            """;

    private final TableReader tables;

    OfTrace(TableReader tables) {
        this.tables = tables;
    }

    static ByKey.Key key(String traceId) {
        return new ByKey.Key(
                "replays_by_trace",
                "toDate(replay_started_at)",
                false,
                "trace_id = {trace:FixedString(16)}",
                true,
                () -> new Parameters().id("trace", traceId));
    }

    /** Returns the trace ids with the prefix, in order. A whole id needs no query. */
    List<String> ids(List<Long> organizations, IdPrefix trace, int limit) {
        if (trace.isWhole()) {
            return List.of(trace.digits());
        }
        Parameters parameters = trace.in(new Parameters())
                .unsigned("organizations", organizations)
                .number("limit", limit);
        return tables.rows("looking up a trace", IDS, parameters.values(), row -> row.text("trace"));
    }

    /** Returns the same replays, each with its first events of the trace. */
    List<ReplayHit> withEvents(String traceId, List<ReplayHit> hits) {
        List<KnownReplay> replays = hits.stream().map(ReplayHit::replay).toList();
        Map<ReplayKey, List<LinkedEvent>> events = new Links(tables)
                .ofTrace(traceId, replays, ReplayHit.FIRST).stream()
                        .collect(Collectors.groupingBy(
                                event -> new ReplayKey(event.organizationId(), event.replayId())));
        return hits.stream()
                .map(hit -> hit.with(events.getOrDefault(
                        new ReplayKey(
                                hit.replay().organizationId(), hit.replay().replayId()),
                        List.of())))
                .toList();
    }
}
