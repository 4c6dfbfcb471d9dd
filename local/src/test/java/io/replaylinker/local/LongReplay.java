package io.replaylinker.local;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.Migrations;
import io.replaylinker.embedded.EmbeddedClickHouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The tables of an installation with one replay of two hours and 20,000 events in three projects, yesterday: an error in every 40th, a
 * warning in every 40th, and calls, of which every 25th fails.
 */
final class LongReplay {

    static final int EVENTS = 20_000;
    static final String REPLAY = "5e55000fffff4fff8fff00000000ffff";

    /** The last but one, a call. */
    static final String LATE_EVENT = "e0000000000000000000000000004e1e";

    /** An event without a replay, and the replay that it names. */
    static final String UNLINKED = "e1000000000000000000000000000001";

    static final String UNSEEN_REPLAY = "5e550007aaaa4aaa8aaa0000000007fd";

    private static final String DATABASE = "shop";

    private static final String LINKS = """
            INSERT INTO shop.replay_links (organization_id, replay_id, trace_id, event_id, replay_project_id,
                replay_started_at, retention_days, event_project_id, event_type, level, event_at, received_at, group_id,
                transaction, op, status, duration_ms, platform, release, method, confidence, in_session, confirmed, linked_at,
                ingested_at, version, is_deleted)
            SELECT 1, unhex('%s'), unhex(concat('7ace', leftPad(hex(intDiv(number, 40)), 28, '0'))),
                unhex(concat('e0', leftPad(hex(number), 30, '0'))), 11, toDateTime64('@DAY@ 09:00:00.000', 3, 'UTC'), 90,
                22 + 11 * (number %% 3), if(number %% 20 = 7, 'error', 'transaction'),
                multiIf(number %% 40 = 7, 'error', number %% 40 = 27, 'warning', ''),
                toDateTime64('@DAY@ 09:00:00.000', 3, 'UTC') + toIntervalMillisecond(number * 360),
                toDateTime64('@DAY@ 09:00:01.000', 3, 'UTC') + toIntervalMillisecond(number * 360),
                if(number %% 20 = 7, 77, 0), concat('GET /api/item/', toString(number %% 7)), 'http.server',
                multiIf(number %% 20 = 7, '', number %% 25 = 3, 'internal_error', 'ok'),
                if(number %% 20 = 7, NULL, 20 + number %% 900), 'node', 'api@2.4', 'span', 0.98, true, true,
                toDateTime64('@DAY@ 11:00:01.000', 3, 'UTC'), toDateTime64('@DAY@ 11:00:02.000', 3, 'UTC'), 1, 0
            FROM numbers(%d)
            """.formatted(REPLAY, EVENTS);

    private static final String STATE = """
            INSERT INTO shop.replays (organization_id, project_id, day, replay_id, started_at, last_seen_at, last_segment_id,
                archived, replay_type, platform, release, environment, retention_days, received_at, ingested_at)
            VALUES (1, 11, '@DAY@', unhex('%s'), '@DAY@ 09:00:00.000', '@DAY@ 11:00:00.000', 1439, 0, 'session',
                'javascript', 'shop@1.2', 'production', 90, '@DAY@ 11:00:00.500', '@DAY@ 11:00:01.000')
            """.formatted(REPLAY);

    private static final String OUTCOME = """
            INSERT INTO shop.link_coverage (organization_id, hour, event_project_id, event_id, replay_id, kind, origin, method,
                outcome, claimed, claimed_replay_id, received_at, ingested_at, version)
            VALUES (1, '@DAY@ 09:00:00', 22, unhex('%s'), unhex(repeat('0', 32)), 'error', 'backend', 'replay_id',
                'REPLAY_NOT_SEEN', 1, unhex('%s'), '@DAY@ 09:00:20.000', '@DAY@ 09:16:00.000', 1)
            """.formatted(UNLINKED, UNSEEN_REPLAY);

    private LongReplay() {}

    /** Makes and fills the tables. */
    static void fill(EmbeddedClickHouse server) {
        ClickHouse clickHouse =
                new ClickHouse(ClickHouseSettings.of(server.httpUrl(), DATABASE, server.user(), server.password())
                        .uncompressed());
        new Migrations(clickHouse).apply(step -> {});
        String day = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
        try (Connection connection = clickHouse.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : new String[] {LINKS, STATE, OUTCOME}) {
                statement.execute(sql.replace("@DAY@", day));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
