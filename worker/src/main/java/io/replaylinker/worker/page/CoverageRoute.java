package io.replaylinker.worker.page;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Coverage;
import io.replaylinker.clickhouse.query.CoverageQuestion;
import io.replaylinker.runtime.answer.BusyException;
import io.replaylinker.runtime.answer.CoverageFields;
import io.replaylinker.runtime.answer.SharedLookup;
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
final class CoverageRoute extends KeptAnswerRoute {

    private final SharedLookup tables;
    private final Duration over;

    /**
     * Runs no query yet.
     *
     * @param over how far back errors count
     */
    CoverageRoute(SharedLookup tables, Clock clock, Duration over) {
        super(clock, Duration.ofMinutes(1));
        this.tables = tables;
        this.over = over;
    }

    @Override
    RouteResponse query(Instant now) throws BusyException, InterruptedException {
        CoverageQuestion question = new CoverageQuestion(null, null, now.minus(over), CoverageQuestion.Step.HOUR);
        Answer<Coverage> answered = tables.ask(lookup -> lookup.coverage(question));
        return answered instanceof Answer.Found<Coverage> found
                ? response(found.value(), null)
                : response(new Coverage(question.since(), List.of()), null);
    }

    @Override
    RouteResponse failed(Instant now, @Nullable String problem) {
        return response(new Coverage(now.minus(over), List.of()), problem);
    }

    private RouteResponse response(Coverage coverage, @Nullable String problem) {
        return Json.ok(json -> {
            json.text("problem", problem);
            json.number("over_ms", over.toMillis());
            CoverageFields.write(coverage, true, json);
        });
    }
}
