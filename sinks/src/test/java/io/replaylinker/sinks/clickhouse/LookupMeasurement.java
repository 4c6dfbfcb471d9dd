package io.replaylinker.sinks.clickhouse;

import io.replaylinker.sinks.clickhouse.query.CoverageQuestion;
import io.replaylinker.sinks.clickhouse.query.Filter;
import io.replaylinker.sinks.clickhouse.query.IdPrefix;
import io.replaylinker.sinks.clickhouse.query.Lookup;
import io.replaylinker.sinks.clickhouse.query.ReplayCriteria;
import io.replaylinker.testkit.EmbeddedClickHouse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Milliseconds a question over links that the engine makes up: {@code mvn -pl sinks -am verify -Dit.test=LookupMeasurement
 * -Dlinks=1000000}. Not part of the tests. A question includes all its queries, the check and the freshness.
 */
class LookupMeasurement {

    private static final Logger LOG = LoggerFactory.getLogger(LookupMeasurement.class);
    private static final long LINKS = Long.getLong("links", 1_000_000);
    private static final int ROUNDS = 30;

    /** Four links a replay, replays over 80 days, half of all errors of few issues. */
    private static final String FILL_LINKS = """
            INSERT INTO %1$s.replay_links (organization_id, replay_id, trace_id, event_id, replay_project_id, replay_started_at,
                retention_days, event_project_id, event_type, level, event_at, received_at, group_id, transaction, platform, method,
                confidence, in_session, confirmed, linked_at, ingested_at, version, is_deleted)
            WITH intDiv(number, 4) AS replay, toDateTime64(now() - 1000, 3, 'UTC') - toIntervalSecond(replay * 6912000 / (%2$d / 4)) AS start
            SELECT 1, MD5(toString(replay)), MD5(concat('t', toString(intDiv(number, 2)))),
                MD5(concat('e', toString(number))), replay %% 10, start, 90, 100 + replay %% 10,
                if(number %% 4 = 0, 'error', 'transaction'), if(number %% 4 = 0, 'error', ''), start + toIntervalSecond(number %% 60),
                start + toIntervalSecond(number %% 60), if(number %% 4 != 0, 0, 1 + if(replay %% 2 = 0, replay %% 5, replay %% 5000)),
                concat('GET /route/', toString(number %% 300)), 'node', 'replay_id', 1, true, true, start, start, 1, 0
            FROM numbers(%2$d)
            SETTINGS max_insert_threads = 2, max_partitions_per_insert_block = 0
            """;

    private static final String FILL_LIVES = """
            INSERT INTO %1$s.replays (organization_id, project_id, day, replay_id, started_at, last_seen_at, last_segment_id,
                retention_days, received_at, ingested_at)
            WITH number AS replay, toDateTime64(now() - 1000, 3, 'UTC') - toIntervalSecond(replay * 6912000 / (%2$d / 4)) AS start
            SELECT 1, replay %% 10, toDate(start), MD5(toString(replay)), start,
                start + toIntervalSecond(10 + replay %% 400), 5, 90, start, start
            FROM numbers(intDiv(%2$d, 4))
            SETTINGS max_partitions_per_insert_block = 0
            """;

    @Test
    void compare() {
        try (EmbeddedClickHouse server = EmbeddedClickHouse.start()) {
            TestDatabase database = TestDatabase.migrated(server);
            String name = database.clickHouse().settings().database();
            database.execute(FILL_LINKS.formatted(name, LINKS));
            database.execute(FILL_LIVES.formatted(name, LINKS));
            String replay = any(database, "replay_id", "replay_links");
            String event = any(database, "event_id", "replay_links");
            String trace = any(database, "trace_id", "replay_links");
            try (Lookup lookup = new Lookup(database.clickHouse(), Clock.systemUTC())) {
                Map<String, Runnable> questions = new LinkedHashMap<>();
                questions.put("replay, whole id", () -> lookup.replay(new IdPrefix(replay), Filter.page(50)));
                questions.put(
                        "replay, 8 digits", () -> lookup.replay(new IdPrefix(replay.substring(0, 8)), Filter.page(50)));
                questions.put("event, whole id", () -> lookup.event(new IdPrefix(event), Filter.page(50)));
                questions.put(
                        "event, 8 digits", () -> lookup.event(new IdPrefix(event.substring(0, 8)), Filter.page(50)));
                questions.put("trace, whole id", () -> lookup.trace(new IdPrefix(trace), Filter.page(50)));
                questions.put("hot issue, newest 20", () -> lookup.issue(1, Filter.page(20)));
                questions.put("hot issue, newest 200", () -> lookup.issue(1, Filter.page(200)));
                questions.put("rare issue, all", () -> lookup.issue(1234, Filter.page(200)));
                questions.put("transaction, newest 20", () -> lookup.transaction("GET /route/8", Filter.page(20)));
                questions.put(
                        "transaction of a project, newest 20",
                        () -> lookup.transaction("GET /route/8", Filter.page(20).in(102L)));
                questions.put(
                        "replays over 60 s with an error of a project, newest 20",
                        () -> lookup.replays(
                                new ReplayCriteria(Duration.ofSeconds(60), true),
                                Filter.page(20).in(1L)));
                questions.put(
                        "replays over 60 s with an error, newest 200",
                        () -> lookup.replays(new ReplayCriteria(Duration.ofSeconds(60), true), Filter.page(200)));
                questions.put(
                        "coverage of a day",
                        () -> lookup.coverage(new CoverageQuestion(
                                null, null, Instant.now().minus(Duration.ofDays(1)), CoverageQuestion.Step.HOUR)));
                questions.put(
                        "coverage of 13 days",
                        () -> lookup.coverage(new CoverageQuestion(
                                null, null, Instant.now().minus(Duration.ofDays(13)), CoverageQuestion.Step.DAY)));
                questions.forEach(LookupMeasurement::measure);
                database.query("SELECT table, sum(rows), count() FROM system.parts WHERE active AND database = '" + name
                                + "' GROUP BY table ORDER BY table")
                        .forEach(row -> LOG.info("rows, parts: {}", row));
            }
        }
    }

    private static String any(TestDatabase database, String id, String table) {
        return database.query("SELECT lower(hex(" + id + ")) FROM `"
                        + database.clickHouse().settings().database() + "`." + table + " LIMIT 1 OFFSET 12345")
                .get(0);
    }

    private static void measure(String name, Runnable question) {
        question.run();
        double[] millis = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            question.run();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        LOG.info(
                "{}",
                String.format(
                        Locale.ROOT,
                        "%-60s median %7.1f ms, slowest %7.1f ms",
                        name,
                        millis[ROUNDS / 2],
                        millis[ROUNDS - 1]));
    }
}
