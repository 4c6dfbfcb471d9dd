package io.replaylinker.worker.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.worker.http.RouteResponse;
import io.replaylinker.worker.lifecycle.Worker;
import io.replaylinker.worker.page.PagePart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a worker is. <em>Live</em> asks whether a restart would help, and it would not while something else is away; <em>ready</em> asks
 * whether the worker does its work now.
 */
public final class WorkerHealth {

    private static final int UNAVAILABLE = 503;

    private volatile List<JoinHealth> joins = List.of();
    private volatile List<SinkHealth> sinks = List.of();
    private volatile boolean started;

    /** Of a worker that is still to be started. */
    WorkerHealth(MeterRegistry meters) {
        Gauge.builder("replay_linker_live", () -> allOk(live()) ? 1 : 0).register(meters);
        Gauge.builder("replay_linker_ready", () -> allOk(ready()) ? 1 : 0).register(meters);
    }

    /**
     * The worker has been started.
     *
     * @param longestSilence after which a thread that does nothing is taken to hang
     * @param unreadyAfter for how long a sink may fail to write and still be called ready
     */
    void watch(Worker worker, Duration longestSilence, Duration unreadyAfter) {
        joins = worker.join().stream()
                .map(join -> new JoinHealth(join, longestSilence))
                .toList();
        sinks = worker.sinks().stream()
                .flatMap(some -> some.all().stream())
                .map(sink -> new SinkHealth(sink, longestSilence, unreadyAfter))
                .toList();
        started = true;
    }

    /** Whether each part can make progress. */
    public List<HealthPart> live() {
        List<HealthPart> parts = new ArrayList<>();
        parts.add(HealthPart.ok("worker", started ? "started" : "starting"));
        joins.forEach(join -> parts.add(join.live()));
        sinks.forEach(sink -> parts.add(sink.live()));
        return parts;
    }

    /** Whether each part works. */
    public List<HealthPart> ready() {
        List<HealthPart> parts = new ArrayList<>();
        parts.add(new HealthPart("worker", started, started ? "started" : "starting"));
        joins.forEach(join -> parts.add(join.ready()));
        sinks.forEach(sink -> parts.add(sink.ready()));
        return parts;
    }

    /** Whether each part works, for those who look at the page: what only a restart would mend is told as such. */
    List<PagePart> partsForReaders() {
        Map<String, HealthPart> dead = live().stream()
                .filter(part -> !part.ok())
                .collect(Collectors.toMap(HealthPart::name, Function.identity()));
        return ready().stream()
                .map(part -> dead.containsKey(part.name())
                        ? new PagePart(
                                part.name(),
                                PagePart.State.BAD,
                                dead.get(part.name()).message())
                        : new PagePart(
                                part.name(), part.ok() ? PagePart.State.GOOD : PagePart.State.WARN, part.message()))
                .toList();
    }

    /** One word, then a line a part; 503 when any of them is not ok. */
    static RouteResponse answer(List<HealthPart> parts) {
        boolean ok = allOk(parts);
        StringBuilder body = new StringBuilder(ok ? "ok\n" : "failing\n");
        parts.forEach(part -> body.append(part.ok() ? "  ok       " : "  failing  ")
                .append(part.name())
                .append(": ")
                .append(part.message())
                .append('\n'));
        return RouteResponse.text(ok ? RouteResponse.OK : UNAVAILABLE, body.toString());
    }

    private static boolean allOk(List<HealthPart> parts) {
        return parts.stream().allMatch(HealthPart::ok);
    }
}
