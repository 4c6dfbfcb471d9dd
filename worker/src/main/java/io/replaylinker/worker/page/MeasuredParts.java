package io.replaylinker.worker.page;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** How the parts of a running worker are, by the gauges that say it to Prometheus. */
public final class MeasuredParts implements Supplier<List<PagePart>> {

    private static final Map<String, PagePart.State> STATES = Map.of(
            "running", PagePart.State.GOOD,
            "created", PagePart.State.WARN,
            "starting", PagePart.State.WARN,
            "rebalancing", PagePart.State.WARN,
            "retrying", PagePart.State.WARN);

    private final Gauges gauges;

    public MeasuredParts(MeterRegistry meters) {
        this.gauges = new Gauges(meters);
    }

    /** The join, where this process has one, and each sink. */
    @Override
    public List<PagePart> get() {
        List<PagePart> parts = new ArrayList<>();
        gauges.named("replay_linker_join_state").stream()
                .filter(one -> one.value() == 1)
                .forEach(one -> parts.add(join(one.tag("state").toLowerCase(Locale.ROOT))));
        Map<String, String> sinks = new TreeMap<>();
        gauges.named("replay_linker_sink_state").stream()
                .filter(one -> one.value() == 1)
                .forEach(one -> sinks.put(one.tag("sink"), one.tag("state").toLowerCase(Locale.ROOT)));
        sinks.forEach((name, state) -> parts.add(sink(name, state)));
        return parts;
    }

    private PagePart join(String state) {
        long restoring = gauges.sum("replay_linker_join_restoring", "", "");
        String words = restoring > 0 ? state + ", " + restoring + " records to restore" : state;
        return new PagePart("join", stateOf(state), words + waiting());
    }

    private String waiting() {
        long waiting = gauges.sum("replay_linker_waiting", "", "");
        double oldest = gauges.named("replay_linker_waiting_oldest_age").stream()
                .mapToDouble(Gauges.Standing::value)
                .max()
                .orElse(0);
        return waiting == 0
                ? ", no event waits"
                : ", " + waiting + (waiting == 1 ? " event waits" : " events wait, the oldest") + " for "
                        + inWords(Math.round(oldest));
    }

    private PagePart sink(String name, String state) {
        long failing = gauges.sum("replay_linker_sink_retrying", "sink", name);
        boolean pausing = gauges.sum("replay_linker_sink_circuit_open", "sink", name) > 0;
        String words = state
                + (failing > 0 ? " for " + inWords(failing) : "")
                + (pausing ? ", in a long pause because the server has too much to do" : "");
        return new PagePart("sink " + name, stateOf(state), words);
    }

    private static PagePart.State stateOf(String state) {
        return STATES.getOrDefault(state, PagePart.State.BAD);
    }

    private static String inWords(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        return seconds < 60
                ? seconds + " s"
                : seconds < 3_600 ? time.toMinutes() + " min" : time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
