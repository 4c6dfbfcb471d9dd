package io.replaylinker.worker.page;

import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Coverage;
import io.replaylinker.clickhouse.query.CoverageQuestion;
import io.replaylinker.runtime.answer.CoverageFields;
import io.replaylinker.worker.http.Route;
import io.replaylinker.worker.http.RouteRequest;
import io.replaylinker.worker.http.RouteResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/coverage}: the share of backend errors that have a replay, from the tables. Queried at most once a minute, however many
 * clients there are.
 */
final class CoverageRoute implements Route {

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration FRESH_FAILURE = Duration.ofSeconds(10);

    private final SharedLookup tables;
    private final Clock clock;
    private final Duration over;
    private Instant queriedAt = Instant.MIN;
    private Duration fresh = Duration.ZERO;
    private @Nullable RouteResponse answer;

    /**
     * Runs no query yet.
     *
     * @param over how far back errors count
     */
    CoverageRoute(SharedLookup tables, Clock clock, Duration over) {
        this.tables = tables;
        this.clock = clock;
        this.over = over;
    }

    /** One request runs the query, concurrent ones wait for the same answer. */
    @Override
    public synchronized RouteResponse answer(RouteRequest request) throws InterruptedException {
        Instant now = clock.instant();
        if (answer == null || now.isAfter(queriedAt.plus(fresh))) {
            answer = ask(now);
            queriedAt = now;
        }
        return answer;
    }

    private RouteResponse ask(Instant now) throws InterruptedException {
        try {
            CoverageQuestion question = new CoverageQuestion(null, null, now.minus(over), CoverageQuestion.Step.HOUR);
            Answer<Coverage> answered = tables.ask(lookup -> lookup.coverage(question));
            fresh = FRESH;
            return answered instanceof Answer.Found<Coverage> found
                    ? response(found.value(), null)
                    : response(new Coverage(question.since(), List.of()), null);
        } catch (StorageException | BusyException e) {
            fresh = FRESH_FAILURE;
            return response(new Coverage(now.minus(over), List.of()), e.getMessage());
        }
    }

    private RouteResponse response(Coverage coverage, @Nullable String problem) {
        return Json.ok(json -> {
            json.text("problem", problem);
            json.number("over_ms", over.toMillis());
            CoverageFields.write(coverage, true, json);
        });
    }
}
