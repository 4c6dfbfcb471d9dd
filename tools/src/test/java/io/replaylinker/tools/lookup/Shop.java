package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.Migrations;
import io.replaylinker.embedded.EmbeddedClickHouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of a small shop: two replays of organization 1, three links, an event without one, a merge of issues. */
public final class Shop {

    public static final String REPLAY = "5e550001aaaa4aaa8aaa0000000001fd";
    public static final String SHORT_REPLAY = "5e550002aaaa4aaa8aaa0000000002fd";
    public static final String ERROR = "e0e00001aaaa4aaa8aaa000000000001";
    public static final String CALL = "e0e00002aaaa4aaa8aaa000000000002";
    public static final String OTHER_ERROR = "e0e00003aaaa4aaa8aaa000000000003";
    public static final String UNLINKED = "e0e0000daaaa4aaa8aaa00000000000d";
    public static final String TWIN = "e0e00009aaaa4aaa8aaa000000000009";
    public static final String OTHER_TWIN = "e0e00009bbbb4aaa8aaa000000000009";
    public static final String TRACE = "7ace0001aaaa4aaa8aaa000000000001";

    private static final String REPLAYS = """
            INSERT INTO shop.replays (organization_id, project_id, day, replay_id, started_at, last_seen_at, last_segment_id,
                archived, replay_type, platform, release, environment, retention_days, received_at, ingested_at)
            VALUES (1, 11, '@DAY@', unhex('%s'), '@DAY@ 09:00:00.000', '@DAY@ 09:01:30.500', 17, 0, 'session',
                'javascript', 'shop@1.2', 'production', 90, '@DAY@ 09:01:30.500', '@DAY@ 09:01:31.000')
            """.formatted(REPLAY);

    private static final String UNLINKED_ROW = """
            INSERT INTO shop.link_coverage (organization_id, hour, event_project_id, event_id, replay_id, kind, origin, method,
                outcome, claimed_replay_id, received_at, ingested_at, version)
            VALUES (1, '@DAY@ 09:00:00', 22, unhex('%s'), unhex(repeat('0', 32)), 'error', 'backend', 'replay_id',
                'REPLAY_NOT_SEEN', unhex('5e550007aaaa4aaa8aaa0000000007fd'), '@DAY@ 09:00:20.000', '@DAY@ 09:16:00.000', 1)
            """.formatted(UNLINKED);

    /** Issue 76 was merged into the issue of the links. */
    private static final String MERGE = """
            INSERT INTO shop.issue_changes (project_id, change_at, change, from_group_ids, to_group_id)
            VALUES (22, '@DAY@ 09:00:30.000', 'end_merge', [76], 77)
            """;

    private Shop() {}

    /**
     * Makes and fills the tables.
     *
     * @param day on which all happens; what is older than 14 days has expired
     */
    public static void fill(EmbeddedClickHouse server, String day) {
        ClickHouse clickHouse =
                new ClickHouse(ClickHouseSettings.of(server.httpUrl(), "shop", server.user(), server.password())
                        .uncompressed());
        new Migrations(clickHouse).apply(step -> {});
        try (Connection connection = clickHouse.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(onDay(
                    day, link(REPLAY, "09:00:00.000", ERROR, "error", "fatal", "09:00:13.970", "replay_id", "1.0")));
            statement.execute(
                    onDay(day, link(REPLAY, "09:00:00.000", CALL, "transaction", "", "09:00:02.070", "trace", "0.9")));
            statement.execute(onDay(
                    day,
                    link(SHORT_REPLAY, "08:00:00.000", OTHER_ERROR, "error", "error", "08:00:01.000", "span", "0.98")));
            statement.execute(onDay(day, twin(TWIN)));
            statement.execute(onDay(day, twin(OTHER_TWIN)));
            statement.execute(onDay(day, REPLAYS));
            statement.execute(onDay(day, UNLINKED_ROW));
            statement.execute(onDay(day, MERGE));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file of settings that leads there. */
    static Path config(Path folder, EmbeddedClickHouse server, String database) {
        return config(folder, server.httpUrl(), database, server);
    }

    static Path config(Path folder, String url, String database, EmbeddedClickHouse server) {
        try {
            return Files.writeString(folder.resolve("worker.properties"), """
                    clickhouse.url=%s
                    clickhouse.database=%s
                    clickhouse.user=%s
                    clickhouse.password=%s
                    clickhouse.compress=false
                    """.formatted(
                            url, database, server.user(), server.password()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call of a frontend, in a replay, of another trace and issue. */
    private static String twin(String event) {
        return link(REPLAY, "09:00:00.000", event, "transaction", "", "09:00:30.000", "trace", "0.6")
                .replace("'node'", "'javascript'")
                .replace(TRACE, "7ace0002aaaa4aaa8aaa000000000002")
                .replace("POST /api/checkout", "/checkout")
                .replace(" 77,", " 0,");
    }

    private static String onDay(String day, String sql) {
        return sql.replace("@DAY@", day);
    }

    private static String link(
            String replay,
            String started,
            String event,
            String type,
            String level,
            String happened,
            String method,
            String confidence) {
        return """
                INSERT INTO shop.replay_links (organization_id, replay_id, trace_id, event_id, replay_project_id,
                    replay_started_at, retention_days, event_project_id, event_type, level, event_at, received_at, group_id,
                    transaction, duration_ms, platform, method, confidence, in_session, confirmed, linked_at, ingested_at,
                    version, is_deleted)
                VALUES (1, unhex('%s'), unhex('%s'), unhex('%s'), 11, '@DAY@ %s', 90, 22, '%s', '%s', '@DAY@ %s',
                    '@DAY@ 09:00:14.000', 77, 'POST /api/checkout', %s, 'node', '%s', %s, true, true,
                    '@DAY@ 09:00:15.000', '@DAY@ 09:00:16.000', 1, 0)
                """.formatted(
                        replay,
                        TRACE,
                        event,
                        started,
                        type,
                        level,
                        happened,
                        type.equals("transaction") ? "12" : "NULL",
                        method,
                        confidence);
    }
}
