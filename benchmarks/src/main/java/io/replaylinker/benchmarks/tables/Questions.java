package io.replaylinker.benchmarks.tables;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.query.CoverageQuestion;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.ReplayCriteria;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/** Each reader's question through the product's own library, about something else each time. */
final class Questions {

    /** The question that the most is asked of. */
    static final String ISSUE = "issue_to_newest_200_replays";

    private static final int WARM_UP = 200;
    private static final int REPETITIONS = 200;

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

    /**
     * Asks each question some hundred times, and all of them before that: whoever looks often has a warm program.
     *
     * @param which by its name
     * @return milliseconds by question
     */
    Map<String, Times> measure(Predicate<String> which) {
        try (Lookup lookup = new Lookup(clickHouse, Clock.systemUTC())) {
            Map<String, IntConsumer> questions = questions(lookup);
            questions.keySet().removeIf(which.negate());
            questions.values().forEach(question -> Times.of(WARM_UP, question));
            Map<String, Times> times = new LinkedHashMap<>();
            questions.forEach((name, question) -> times.put(name, Times.of(REPETITIONS, question)));
            return times;
        }
    }

    private Map<String, IntConsumer> questions(Lookup lookup) {
        List<IdPrefix> replays = ids("replay_id");
        List<IdPrefix> events = ids("event_id");
        List<IdPrefix> traces = ids("trace_id");
        Duration minute = Duration.ofMinutes(1);
        Filter ten = Filter.page(10);
        Filter twoHundred = Filter.page(200);
        Instant day = Instant.now().minus(Duration.ofDays(1));
        Map<String, IntConsumer> questions = new LinkedHashMap<>();
        questions.put(ISSUE, i -> lookup.issue(issue(), twoHundred));
        questions.put(ISSUE + "_with_states", i -> lookup.issue(issue(), twoHundred)
                .map(story -> lookup.withStates(story.replays().rows())));
        questions.put("hottest_issue_to_newest_200_replays", i -> lookup.issue(1, twoHundred));
        questions.put("trace_to_replay", i -> lookup.trace(traces.get(i), ten));
        questions.put("trace_to_replay_by_eight_digits", i -> lookup.trace(prefix(traces.get(i)), ten));
        questions.put(
                "replays_of_a_day_over_60_s_with_an_error",
                i -> lookup.replays(
                        new ReplayCriteria(minute, true),
                        Filter.page(50).in(11L + i % GeneratedLinks.PROJECTS).since(day)));
        questions.put("replay_to_events", i -> lookup.replay(replays.get(i), twoHundred));
        questions.put("event_to_replay", i -> lookup.event(events.get(i), ten));
        questions.put("event_to_replay_by_eight_digits", i -> lookup.event(prefix(events.get(i)), ten));
        questions.put("transaction_to_newest_50_replays", i -> lookup.transaction("GET /shop/" + i, Filter.page(50)));
        questions.put(
                "coverage_of_a_day_by_the_hour",
                i -> lookup.coverage(new CoverageQuestion(null, 100L + i % 20, day, CoverageQuestion.Step.HOUR)));
        return questions;
    }

    private int issue() {
        return 1 + random.nextInt(5_000);
    }

    private static IdPrefix prefix(IdPrefix id) {
        return new IdPrefix(id.digits().substring(0, 8));
    }

    private List<IdPrefix> ids(String column) {
        return server.text("SELECT lower(hex(" + column + ")) FROM `" + database + "`.replay_links ORDER BY cityHash64("
                        + column + ", " + random.nextInt(1_000_000) + ") LIMIT 1 BY " + column + " LIMIT "
                        + REPETITIONS)
                .lines()
                .map(IdPrefix::new)
                .toList();
    }
}
