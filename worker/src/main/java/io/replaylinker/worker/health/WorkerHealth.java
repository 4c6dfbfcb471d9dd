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
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Health of a worker. <em>Live</em> is false only when a restart would help; an outage of another system does not change it. <em>Ready</em>
 * means that the worker does its work now.
 */
public final class WorkerHealth {

    private static final int UNAVAILABLE = 503;

    private volatile List<JoinHealth> joins = List.of();
    private volatile List<SinkHealth> sinks = List.of();
    private volatile Supplier<List<HealthPart>> servers = List::of;
    private volatile boolean started;

    /** For a worker that is still to be started. */
    WorkerHealth(MeterRegistry meters) {
        Gauge.builder("replay_linker_live", () -> allOk(live()) ? 1 : 0).register(meters);
        Gauge.builder("replay_linker_ready", () -> allOk(ready()) ? 1 : 0).register(meters);
    }

    /**
     * Sets the worker, once it is started.
     *
     * @param servers whether each server that the worker needs answers
     * @param longestSilence after which an idle thread is taken to hang
     * @param unreadyAfter for how long a sink may fail to write and still be called ready
     */
    void watch(Worker worker, Supplier<List<HealthPart>> servers, Duration longestSilence, Duration unreadyAfter) {
        this.servers = servers;
        joins = worker.join().stream()
                .map(join -> new JoinHealth(join, longestSilence))
                .toList();
        sinks = worker.sinks().stream()
                .flatMap(some -> some.all().stream())
                .map(sink -> new SinkHealth(sink, longestSilence, unreadyAfter))
                .toList();
        started = true;
    }

    /** Whether each part can make progress without a restart. */
    public List<HealthPart> live() {
        List<HealthPart> parts = new ArrayList<>();
        parts.add(HealthPart.ok("worker", started ? "started" : "starting"));
        joins.forEach(join -> parts.add(join.live()));
        sinks.forEach(sink -> parts.add(sink.live()));
        return parts;
    }

    /** Whether each part works, and each server that it needs answers. */
    public List<HealthPart> ready() {
        List<HealthPart> parts = new ArrayList<>(ownParts());
        parts.addAll(servers.get());
        return parts;
    }

    private List<HealthPart> ownParts() {
        List<HealthPart> parts = new ArrayList<>();
        parts.add(new HealthPart("worker", started, started ? "started" : "starting"));
        joins.forEach(join -> parts.add(join.ready()));
        sinks.forEach(sink -> parts.add(sink.ready()));
        return parts;
    }

    /**
     * Whether each part works, for the status page. A failure that only a restart would mend is bad, and so is a server that does not
     * answer.
     */
    List<PagePart> partsForReaders() {
        Map<String, HealthPart> dead = live().stream()
                .filter(part -> !part.ok())
                .collect(Collectors.toMap(HealthPart::name, Function.identity()));
        List<PagePart> parts = new ArrayList<>();
        for (HealthPart part : ownParts()) {
            HealthPart failed = dead.get(part.name());
            parts.add(failed == null ? shown(part, PagePart.State.WARN) : shown(failed, PagePart.State.BAD));
        }
        servers.get().forEach(server -> parts.add(shown(server, PagePart.State.BAD)));
        return parts;
    }

    private static PagePart shown(HealthPart part, PagePart.State failing) {
        return new PagePart(part.name(), part.ok() ? PagePart.State.GOOD : failing, part.message());
    }

    /** {@code ok} or {@code failing}, then a line a part; status 503 when any part is not ok. */
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
