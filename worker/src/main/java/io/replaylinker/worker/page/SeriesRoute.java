package io.replaylinker.worker.page;

import io.replaylinker.worker.http.Route;
import io.replaylinker.worker.http.RouteRequest;
import io.replaylinker.worker.http.RouteResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code /api/series}: counts of the last minutes. */
final class SeriesRoute implements Route {

    /** All are multiples of the number of steps. */
    private static final List<String> MINUTES = List.of("5", "15", "60");

    private final MeterHistory history;

    SeriesRoute(MeterHistory history) {
        this.history = history;
    }

    @Override
    public RouteResponse answer(RouteRequest request) {
        String minutes = request.parameter("minutes").orElse("15");
        if (!MINUTES.contains(minutes)) {
            return Json.error(Json.BAD_REQUEST, "minutes must be one of " + String.join(", ", MINUTES));
        }
        MeterHistory.Steps steps = history.steps(Duration.ofMinutes(Long.parseLong(minutes)));
        return Json.ok(json -> {
            json.time("first", steps.first());
            json.number("step_ms", steps.length().toMillis());
            json.array(
                    "series", List.copyOf(steps.counts().entrySet()), (Map.Entry<MeterHistory.Series, long[]> one) -> {
                        json.text("group", one.getKey().group().label());
                        json.text("label", one.getKey().label());
                        json.numbers("counts", one.getValue());
                    });
        });
    }
}
