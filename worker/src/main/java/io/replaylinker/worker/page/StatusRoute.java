package io.replaylinker.worker.page;

import io.replaylinker.worker.http.Route;
import io.replaylinker.worker.http.RouteRequest;
import io.replaylinker.worker.http.RouteResponse;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /api/status}: the present state of the worker. */
final class StatusRoute implements Route {

    private final PageFacts facts;
    private final MeterHistory history;
    private final Gauges gauges;
    private final Supplier<List<PagePart>> parts;
    private final Clock clock;

    StatusRoute(PageFacts facts, MeterRecorder recorder, Supplier<List<PagePart>> parts, Clock clock) {
        this.facts = facts;
        this.history = recorder.history();
        this.gauges = recorder.gauges();
        this.parts = parts;
        this.clock = clock;
    }

    @Override
    public RouteResponse answer(RouteRequest request) {
        return Json.ok(json -> {
            json.time("now", clock.instant());
            facts.write(json);
            json.array("parts", parts.get(), part -> {
                json.text("name", part.name());
                json.text("state", part.state().label());
                json.text("message", part.message());
            });
            json.array("lag", gauges.all("replay_linker_lag"), lag -> {
                json.text("reader", lag.tag("reader"));
                json.text("topic", lag.tag("topic"));
                json.number("records", Double.isNaN(lag.value()) ? null : Math.round(lag.value()));
            });
            json.array("waiting", gauges.named("replay_linker_waiting"), waiting -> {
                json.text("step", waiting.tag("step"));
                json.number("events", Math.round(waiting.value()));
                json.number("oldest_ms", oldestMs(waiting.tag("step")));
            });
            json.array("meters", history.readings(), reading -> {
                json.text("group", reading.series().group().label());
                json.text("label", reading.series().label());
                json.number("total", reading.total());
                json.decimal("per_second", reading.perSecond());
            });
        });
    }

    /** The longest wait of all waiting events; null where that is not measured. */
    private @Nullable Long oldestMs(String step) {
        return gauges.named("replay_linker_waiting_oldest_age").stream()
                .filter(age -> age.tag("step").equals(step))
                .map(age -> Math.round(age.value() * 1000))
                .findFirst()
                .orElse(null);
    }
}
