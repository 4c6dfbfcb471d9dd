package io.replaylinker.worker.page;

import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.runtime.why.ExplanationJson;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.worker.http.Route;
import io.replaylinker.worker.http.RouteRequest;
import io.replaylinker.worker.http.RouteResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/why}: what the running join knows of an event, which takes a scan of its rows. So one scan runs at a time, and its duration
 * is limited.
 */
final class WhyRoute implements Route {

    private final LiveJoin join;
    private final Duration longest;
    private final Semaphore one = new Semaphore(1);

    WhyRoute(LiveJoin join, Duration longest) {
        this.join = join;
        this.longest = longest;
    }

    @Override
    public RouteResponse answer(RouteRequest request) {
        Optional<IdPrefix> event = request.parameter("q").flatMap(IdPrefix::parse);
        if (event.isEmpty()) {
            return Json.error(Json.BAD_REQUEST, "no id of an event, nor its first 8 digits or more");
        }
        if (!one.tryAcquire()) {
            return Json.error(Json.UNAVAILABLE, "somebody else asks the join; try again in a moment");
        }
        try {
            return ask(event.get());
        } finally {
            one.release();
        }
    }

    private RouteResponse ask(IdPrefix event) {
        try {
            return response(event, null, join.explain(inTime(event.digits())));
        } catch (TookTooLongException e) {
            return response(
                    event, "it has more rows than can be gone through in " + longest.toSeconds() + " s", List.of());
        } catch (JoinUnavailableException e) {
            return response(event, e.getMessage(), List.of());
        }
    }

    private static RouteResponse response(IdPrefix event, @Nullable String problem, List<Explanation> explanations) {
        return Json.ok(json -> {
            json.text("event", event.digits());
            json.text("problem", problem);
            json.array("explanations", explanations, explanation -> ExplanationJson.write(explanation, json));
        });
    }

    /** An exception is the only way to stop the join's scan. */
    private Predicate<Id> inTime(String digits) {
        long until = System.nanoTime() + longest.toNanos();
        return id -> {
            if (System.nanoTime() - until > 0) {
                throw new TookTooLongException();
            }
            return Ids.hex(id).startsWith(digits);
        };
    }

    private static final class TookTooLongException extends RuntimeException {

        TookTooLongException() {
            super("too many rows", null, false, false);
        }
    }
}
