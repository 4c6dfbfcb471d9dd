package io.replaylinker.worker.page;

import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.runtime.answer.BusyException;
import io.replaylinker.runtime.answer.IdSearch;
import io.replaylinker.runtime.answer.SentryLinks;
import io.replaylinker.runtime.answer.SharedLookup;
import io.replaylinker.runtime.answer.TimeWindow;
import io.replaylinker.worker.http.Route;
import io.replaylinker.worker.http.RouteRequest;
import io.replaylinker.worker.http.RouteResponse;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code /api/search}: looks up an id in the tables. */
final class SearchRoute implements Route {

    static final String NO_ID = "no id: type an event, replay or trace id (8 to 32 hex digits, dashes as they come),"
            + " the number of an issue, or the name of a transaction (3 to 200 characters)";

    private final SharedLookup tables;
    private final Clock clock;
    private final SentryLinks sentry;

    SearchRoute(SharedLookup tables, Clock clock, SentryLinks sentry) {
        this.tables = tables;
        this.clock = clock;
        this.sentry = sentry;
    }

    @Override
    public RouteResponse answer(RouteRequest request) throws InterruptedException {
        String text = request.parameter("q").orElse("");
        Optional<IdSearch.Kind> kind = request.parameter("kind").flatMap(IdSearch.Kind::parse);
        if (kind.isEmpty() && request.parameter("kind").isPresent()) {
            return Json.error(
                    Json.BAD_REQUEST, "kind must be event, replay, trace, issue, transaction, error, tree or issues");
        }
        Optional<TimeWindow> window = TimeWindow.parse(
                request.parameter("since").orElse(null),
                request.parameter("until").orElse(null));
        if (window.isEmpty()) {
            return Json.error(Json.BAD_REQUEST, "since and until must be times as 2026-10-05T09:00:00Z");
        }
        Optional<IdSearch> search =
                IdSearch.of(text, kind.orElse(null), request.parameter("after").orElse(null), window.get());
        if (search.isEmpty()) {
            return Json.error(
                    Json.BAD_REQUEST,
                    request.parameter("after").isPresent()
                            ? "after must be what the page before ended with, and kind what it was of"
                            : NO_ID);
        }
        try {
            List<IdSearch.Part> parts = tables.ask(lookup -> search.get().ask(lookup, clock, sentry));
            return Json.ok(json -> {
                json.text("query", text);
                json.text("problem", null);
                json.array("results", parts, part -> part.fields().accept(json));
            });
        } catch (BusyException e) {
            return Json.error(Json.UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (StorageException e) {
            return Json.ok(json -> {
                json.text("query", text);
                json.text("problem", e.getMessage());
                json.array("results", List.of(), nothing -> {});
            });
        }
    }
}
