package io.replaylinker.worker.page;

import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.runtime.why.ExplanationJson;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.join.Explained;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.worker.http.Route;
import io.replaylinker.worker.http.RouteRequest;
import io.replaylinker.worker.http.RouteResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/why}: what the running join knows of an event, or of events of a trace or a replay, which takes a scan of its rows. So one scan runs at a time, and its duration
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
        String kind = request.parameter("kind").orElse("event");
        Optional<Explained> by = Arrays.stream(Explained.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(kind))
                .findFirst();
        if (by.isEmpty()) {
            return Json.error(Json.BAD_REQUEST, "kind must be event, trace or replay");
        }
        Optional<IdPrefix> id = request.parameter("q").flatMap(IdPrefix::parse);
        if (id.isEmpty()) {
            return Json.error(Json.BAD_REQUEST, "no id, nor its first 8 digits or more");
        }
        if (!one.tryAcquire()) {
            return Json.error(Json.UNAVAILABLE, "another query of the join is running; try again in a moment");
        }
        try {
            return ask(by.get(), id.get());
        } finally {
            one.release();
        }
    }

    private RouteResponse ask(Explained by, IdPrefix id) {
        try {
            return response(id, null, join.explain(by, inTime(id.digits())));
        } catch (TookTooLongException e) {
            return response(
                    id, "it has more rows than can be gone through in " + longest.toSeconds() + " s", List.of());
        } catch (JoinUnavailableException e) {
            return response(id, e.getMessage(), List.of());
        }
    }

    private static RouteResponse response(IdPrefix id, @Nullable String problem, List<Explanation> explanations) {
        return Json.ok(json -> {
            json.text("id", id.digits());
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
