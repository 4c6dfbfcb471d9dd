package io.replaylinker.benchmarks.tables;

import io.replaylinker.sinks.clickhouse.ClickHouse;
import io.replaylinker.sinks.clickhouse.query.CoverageQuestion;
import io.replaylinker.sinks.clickhouse.query.Filter;
import io.replaylinker.sinks.clickhouse.query.IdPrefix;
import io.replaylinker.sinks.clickhouse.query.Lookup;
import io.replaylinker.sinks.clickhouse.query.ReplayCriteria;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;

/** Each reader's question through the product's own library, about something else each time. */
final class Questions {

    private static final int WARM_UP = 200;
    private static final int ASKED = 200;

    private final ClickHouse clickHouse;
    private final RawTable server;
    private final String database;
    private final Random random;

    Questions(ClickHouse clickHouse, RawTable server, String database, long seed) {
        this.clickHouse = clickHouse;
        this.server = server;
        this.database = database;
        this.random = new Random(seed);
    }

    /** By question, milliseconds. */
    Map<String, Times> measure() {
        List<IdPrefix> replays = ids("replay_id");
        List<IdPrefix> events = ids("event_id");
        List<IdPrefix> traces = ids("trace_id");
        Duration minute = Duration.ofMinutes(1);
        Map<String, Times> times = new LinkedHashMap<>();
        try (Lookup lookup = new Lookup(clickHouse, Clock.systemUTC())) {
            Filter ten = Filter.page(10);
            Instant day = Instant.now().minus(Duration.ofDays(1));
            times.put(
                    "issue_to_newest_200_replays",
                    time(i -> lookup.issue(1 + random.nextInt(5_000), Filter.page(200))));
            times.put("issue_to_newest_200_replays_with_lives", time(i -> lookup.issue(
                            1 + random.nextInt(5_000), Filter.page(200))
                    .map(page -> lookup.withLives(page.rows()))));
            times.put("hottest_issue_to_newest_200_replays", time(i -> lookup.issue(1, Filter.page(200))));
            times.put("trace_to_replay", time(i -> lookup.trace(traces.get(i), ten)));
            times.put("trace_to_replay_by_eight_digits", time(i -> lookup.trace(prefix(traces.get(i)), ten)));
            times.put(
                    "replays_of_a_day_over_60_s_with_an_error",
                    time(i -> lookup.replays(
                            new ReplayCriteria(minute, true),
                            Filter.page(50)
                                    .in(11L + i % GeneratedLinks.PROJECTS)
                                    .since(day))));
            times.put("replay_to_events", time(i -> lookup.replay(replays.get(i), Filter.page(200))));
            times.put("event_to_replay", time(i -> lookup.event(events.get(i), ten)));
            times.put("event_to_replay_by_eight_digits", time(i -> lookup.event(prefix(events.get(i)), ten)));
            times.put(
                    "transaction_to_newest_50_replays",
                    time(i -> lookup.transaction("GET /shop/" + i, Filter.page(50))));
            times.put(
                    "coverage_of_a_day_by_the_hour",
                    time(i -> lookup.coverage(
                            new CoverageQuestion(null, 100L + i % 20, day, CoverageQuestion.Step.HOUR))));
        }
        return times;
    }

    private static IdPrefix prefix(IdPrefix id) {
        return new IdPrefix(id.digits().substring(0, 8));
    }

    private List<IdPrefix> ids(String column) {
        return server.text("SELECT lower(hex(" + column + ")) FROM `" + database + "`.replay_links ORDER BY cityHash64("
                        + column + ", " + random.nextInt(1_000_000) + ") LIMIT 1 BY " + column + " LIMIT " + ASKED)
                .lines()
                .map(IdPrefix::new)
                .toList();
    }

    private static Times time(IntConsumer ask) {
        for (int i = 0; i < WARM_UP; i++) {
            ask.accept(i);
        }
        List<Double> ms = new ArrayList<>();
        for (int i = 0; i < ASKED; i++) {
            long startedNanos = System.nanoTime();
            ask.accept(i);
            ms.add((System.nanoTime() - startedNanos) / 1e6);
        }
        return new Times(ms);
    }
}
