package io.replaylinker.worker.page;

import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.runtime.answer.BusyException;
import io.replaylinker.worker.http.Route;
import io.replaylinker.worker.http.RouteRequest;
import io.replaylinker.worker.http.RouteResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A route whose answer is kept for a while, so that the tables are queried as often for many clients as for one. */
abstract class KeptAnswerRoute implements Route {

    private static final Duration FRESH_FAILURE = Duration.ofSeconds(10);

    private final Clock clock;
    private final Duration fresh;
    private Instant keptUntil = Instant.MIN;
    private @Nullable RouteResponse answer;

    /**
     * Runs no query yet.
     *
     * @param fresh how long an answer is kept; a failure is kept for ten seconds
     */
    KeptAnswerRoute(Clock clock, Duration fresh) {
        this.clock = clock;
        this.fresh = fresh;
    }

    /** Queries the tables. */
    abstract RouteResponse query(Instant now) throws BusyException, InterruptedException;

    /** The answer if they cannot be queried. */
    abstract RouteResponse failed(Instant now, @Nullable String problem);

    /** One request runs the query, concurrent ones wait for the same answer. */
    @Override
    public final synchronized RouteResponse answer(RouteRequest request) throws InterruptedException {
        Instant now = clock.instant();
        RouteResponse kept = answer;
        if (kept == null || now.isAfter(keptUntil)) {
            Duration keep = fresh;
            try {
                kept = query(now);
            } catch (StorageException | BusyException e) {
                kept = failed(now, e.getMessage());
                keep = FRESH_FAILURE;
            }
            answer = kept;
            keptUntil = now.plus(keep);
        }
        return kept;
    }
}
