package io.replaylinker.benchmarks.tables;

import java.util.function.Consumer;

/**
 * Millions of links that the engine makes by itself, and the lives of their replays: five links a replay, three traces a replay, 50 projects
 * of browsers, 50,000 issues of which few have most events, 200 transactions, thirty days up to now. Of each hundredth
 * replay the organization is not known yet. Ids are hashes of numbers.
 */
final class GeneratedLinks {

    static final int LINKS_PER_REPLAY = 5;
    static final int PROJECTS = 50;
    static final int DAYS = 30;
    private static final long CHUNK = 1_000_000;

    private final RawTable server;
    private final String database;

    GeneratedLinks(RawTable server, String database) {
        this.server = server;
        this.database = database;
    }

    void insert(long links, Consumer<String> progress) {
        for (long from = 0; from < links; from += CHUNK) {
            long rows = Math.min(CHUNK, links - from);
            server.bytes(LINKS.formatted(database, DAYS * 86_400_000L, from, rows));
            progress.accept("%,d of %,d links".formatted(from + rows, links));
        }
        server.bytes(REPLAYS.formatted(database, DAYS * 86_400_000L, links / LINKS_PER_REPLAY));
    }

    /** Users delete one replay of ten thousand. */
    void delete(long links) {
        server.bytes(DELETED.formatted(database, DAYS * 86_400_000L, links / LINKS_PER_REPLAY / 10_000));
    }

    /** Replay r starts at a moment of the thirty days that its hash says. */
    private static final String STARTED =
            "fromUnixTimestamp64Milli(toInt64(toUnixTimestamp(today()) * 1000 + 86399000 - cityHash64(r, 's') %% %2$d), 'UTC')";

    private static final String LINKS = """
            INSERT INTO `%1$s`.replay_links (organization_id, replay_id, trace_id, event_id, replay_project_id, replay_started_at,
                retention_days, event_project_id, event_type, level, event_at, received_at, group_id, transaction, span_id,
                platform, method, confidence, in_session, confirmed, linked_at, ingested_at, version, is_deleted)
            SELECT 1, sipHash128('r', r), sipHash128('t', r, number %% 3), sipHash128('e', number), 11 + r %% 50 AS p,\s""" + STARTED + """
             AS s, 90, 100 + cityHash64(number, 'p') %% 20, if(number %% 5 < 3, 'error', 'transaction') AS kind,
                if(kind = 'error', 'error', ''), s + toIntervalSecond(cityHash64(number, 'a') %% 600) AS at, at,
                if(kind = 'error', toUInt64(1 + 50000 * pow((cityHash64(number, 'g') %% 1000000) / 1000000, 3)), 0),
                concat('GET /shop/', toString(cityHash64(number, 'x') %% 200)), unhex(hex(cityHash64(number, 'sp'))), 'node',
                'replay_id', 1., true, true, at, at, toUnixTimestamp64Milli(at), 0
            FROM (SELECT number, intDiv(number, 5) AS r FROM numbers(%3$d, %4$d))""";

    private static final String REPLAYS = """
            INSERT INTO `%1$s`.replays (organization_id, project_id, day, replay_id, started_at, last_seen_at, last_segment_id,
                retention_days, received_at, ingested_at)
            SELECT r %% 100 != 0, 11 + r %% 50, toDate(s), sipHash128('r', r),\s""" + STARTED + """
             AS s, s + toIntervalSecond(cityHash64(r, 'l') %% 600) AS e, 10, 90, e, e
            FROM (SELECT number AS r FROM numbers(%3$d))""";

    private static final String DELETED = """
            INSERT INTO `%1$s`.replays (organization_id, project_id, day, replay_id, started_at, last_segment_id, archived, retention_days)
            SELECT 1, 11 + r %% 50, toDate(s), sipHash128('r', r),\s""" + STARTED + """
             AS s, -1, 1, 90
            FROM (SELECT number * 10007 AS r FROM numbers(%3$d))""";
}
