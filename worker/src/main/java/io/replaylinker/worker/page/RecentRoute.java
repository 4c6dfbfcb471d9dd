package io.replaylinker.worker.page;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.Page;
import io.replaylinker.clickhouse.query.ReplayCriteria;
import io.replaylinker.clickhouse.query.ReplayHit;
import io.replaylinker.runtime.answer.BusyException;
import io.replaylinker.runtime.answer.HitFields;
import io.replaylinker.runtime.answer.SentryLinks;
import io.replaylinker.runtime.answer.SharedLookup;
import io.replaylinker.worker.http.RouteResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/recent}: the newest replays, and those with the most backend errors among the newest that have any. Queried at most twice a
 * minute, however many clients there are.
 */
final class RecentRoute extends KeptAnswerRoute {

    private static final int SHOWN = 8;
    private static final int OF_THE_NEWEST = 200;
    private static final ReplayCriteria ANY = new ReplayCriteria(Duration.ZERO, false);
    private static final ReplayCriteria WITH_ERROR = new ReplayCriteria(Duration.ZERO, true);

    private static final Comparator<ReplayHit> WORST_FIRST = Comparator.comparing(
                    (ReplayHit hit) -> !hit.worstLevel().equals("fatal"))
            .thenComparing(ReplayHit::backendErrors, Comparator.reverseOrder());

    private final SharedLookup tables;
    private final Duration over;
    private final SentryLinks sentry;

    /**
     * Runs no query yet.
     *
     * @param over how far back the worst replays may have started
     */
    RecentRoute(SharedLookup tables, Clock clock, Duration over, SentryLinks sentry) {
        super(clock, Duration.ofSeconds(30));
        this.tables = tables;
        this.over = over;
        this.sentry = sentry;
    }

    @Override
    RouteResponse query(Instant now) throws BusyException, InterruptedException {
        List<ReplayHit> recent = tables.ask(lookup -> rows(lookup, ANY, Filter.page(SHOWN)));
        Filter past = Filter.page(OF_THE_NEWEST).since(now.minus(over));
        List<ReplayHit> worst = tables.ask(lookup -> rows(lookup, WITH_ERROR, past)).stream()
                .sorted(WORST_FIRST)
                .limit(SHOWN)
                .toList();
        return response(recent, worst, null);
    }

    @Override
    RouteResponse failed(Instant now, @Nullable String problem) {
        return response(List.of(), List.of(), problem);
    }

    private static List<ReplayHit> rows(Lookup lookup, ReplayCriteria criteria, Filter filter) {
        return lookup.replays(criteria, filter) instanceof Answer.Found<Page<ReplayHit>> found
                ? found.value().rows()
                : List.of();
    }

    private RouteResponse response(List<ReplayHit> recent, List<ReplayHit> worst, @Nullable String problem) {
        return Json.ok(json -> {
            json.text("problem", problem);
            json.number("over_ms", over.toMillis());
            HitFields.write("recent", recent, json, sentry);
            HitFields.write("worst", worst, json, sentry);
        });
    }
}
