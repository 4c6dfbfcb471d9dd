package io.replaylinker.benchmarks.tables;

import java.util.function.Consumer;

/**
 * Nodes that the engine makes by itself, through the table that the sink inserts into: ten nodes a trace, each call with five inner spans
 * and on the first inner span of the call before, every tenth node an error of one of 100,000 issues, of which few have most errors; seven
 * days up to now. One trace has a thousand nodes.
 */
final class GeneratedTraces {

    static final int NODES_OF_A_TRACE = 10;
    static final int NODES_OF_THE_BIG_TRACE = 1_000;
    private static final long CHUNK = 1_000_000;

    private final RawTable server;
    private final String database;

    GeneratedTraces(RawTable server, String database) {
        this.server = server;
        this.database = database;
    }

    void insert(long nodes, Consumer<String> progress) {
        server.bytes(nodes("'big'", "0", 0, NODES_OF_THE_BIG_TRACE));
        for (long from = 0; from < nodes; from += CHUNK) {
            long rows = Math.min(CHUNK, nodes - from);
            server.bytes(nodes("'t'", "intDiv(number, 10)", from, rows));
            progress.accept("%,d of %,d nodes".formatted(from + rows, nodes));
        }
        // An organization is known from replays and outcomes.
        server.bytes("INSERT INTO `" + database
                + "`.replays (organization_id, project_id, day, replay_id, started_at, last_seen_at,"
                + " received_at, ingested_at) SELECT 1, 11, today(), sipHash128('r', 1), now(), now(), now(), now()");
    }

    private String nodes(String kind, String trace, long from, long rows) {
        return """
                INSERT INTO `%1$s`.trace_records (organization_id, project_id, trace_id, received_at, ingested_at, is_node, event_id,
                    event_type, level, event_at, duration_ms, group_id, primary_hash, transaction, span_id, parent_span_id, op, status,
                    platform, release, environment, is_error, error_type, error_value, culprit, handled, frame_functions, frame_files,
                    frame_lines, frame_in_app, segment_span_id, inner_span_ids, inner_parent_ids, inner_ops, inner_names,
                    inner_statuses, inner_started_at, inner_durations, nodes_days, spans_days, errors_days)
                SELECT 1, 100 + cityHash64(number, 'p') %% 20, sipHash128(%2$s, t), at, at, 1, sipHash128(%2$s, 'e', number),
                    if(failed, 'error', 'transaction'), if(failed, 'error', ''), at, if(failed, NULL, 5 + cityHash64(number, 'd') %% 500),
                    if(failed, issue, 0), if(failed, sipHash128('h', issue), toFixedString('', 16)),
                    concat('GET /shop/', toString(cityHash64(number, 'x') %% 200)), reinterpretAsFixedString(cityHash64(%2$s, number)),
                    if(number %% 10 = 0, toFixedString('', 8), reinterpretAsFixedString(cityHash64(%2$s, number - 1, 0))),
                    'http.server', if(cityHash64(number, 'st') %% 50 = 0, 'internal_error', 'ok'), 'node', 'api@1', 'prod', failed,
                    if(failed, concat('Error', toString(issue %% 300)), ''),
                    if(failed, concat('message of issue ', toString(issue), ' about item'), ''), 'shop in checkout', false,
                    if(failed, arrayMap(i -> concat('f', toString((issue + i) %% 5000)), range(8)), []),
                    if(failed, arrayMap(i -> concat('src/shop/file', toString((issue + i) %% 900), '.py'), range(8)), []),
                    if(failed, arrayMap(i -> toUInt32(i * 7), range(8)), []), if(failed, arrayMap(i -> 1, range(8)), []),
                    reinterpretAsFixedString(cityHash64(%2$s, number)),
                    if(failed, [], arrayMap(i -> reinterpretAsFixedString(cityHash64(%2$s, number, i)), range(5))),
                    if(failed, [], arrayMap(i -> reinterpretAsFixedString(cityHash64(%2$s, number)), range(5))),
                    if(failed, [], arrayMap(i -> if(i = 0, 'http.client', 'db'), range(5))),
                    if(failed, [], arrayMap(i -> '', range(5))), if(failed, [], arrayMap(i -> '', range(5))),
                    if(failed, [], arrayMap(i -> at, range(5))), if(failed, [], arrayMap(i -> toInt64(i), range(5))), 7, 7, 90
                FROM (
                    SELECT number, %3$s AS t, toUInt8(number %% 10 = 9) AS failed,
                        toUInt64(1 + 100000 * pow((cityHash64(number, 'g') %% 1000000) / 1000000, 3)) AS issue,
                        fromUnixTimestamp64Milli(
                            toInt64(toUnixTimestamp(now()) * 1000 - cityHash64(t, 's') %% 518400000 + number %% 10 * 20), 'UTC') AS at
                    FROM numbers(%4$d, %5$d))""".formatted(database, kind, trace, from, rows);
    }
}
