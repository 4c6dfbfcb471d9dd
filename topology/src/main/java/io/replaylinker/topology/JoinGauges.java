package io.replaylinker.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.topology.join.StateKind;
import io.replaylinker.topology.join.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gauges of the steps of the join. Each task notes its state once a second in its own thread. A scrape reads the last
 * notes and never a store.
 */
final class JoinGauges {

    private final Clock clock;
    private final Duration waitFor;
    private final Map<Object, Note> notes = new ConcurrentHashMap<>();
    private final Map<String, Counter> expired = new ConcurrentHashMap<>();
    private final Map<String, Counter> relieved = new ConcurrentHashMap<>();
    private final MeterRegistry meters;

    /**
     * Registers the gauges.
     *
     * @param waitFor how long an event waits
     */
    JoinGauges(MeterRegistry meters, Clock clock, Duration waitFor) {
        this.meters = meters;
        this.clock = clock;
        this.waitFor = waitFor;
        Stream.of(JoinSteps.RESOLVE, JoinSteps.CHOOSE, JoinSteps.CONFIRM).forEach(this::register);
    }

    private void register(String step) {
        gauge("replay.linker.waiting", null, step, gauges -> gauges.waiting(step));
        gauge("replay.linker.waiting.oldest.age", "seconds", step, gauges -> gauges.oldestAge(step));
        gauge("replay.linker.watermark", "seconds", step, gauges -> gauges.watermarkSeconds(step));
        for (StateKind kind : StateKind.values()) {
            Gauge.builder("replay.linker.state", this, gauges -> gauges.stateBytes(step, kind))
                    .baseUnit("bytes")
                    .tag("step", step)
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
        expired.put(step, meters.counter("replay.linker.expiry.rows", "step", step));
        relieved.put(step, meters.counter("replay.linker.state.relieved.rows", "step", step));
    }

    private void gauge(String name, @Nullable String unit, String step, ToDoubleFunction<JoinGauges> value) {
        Gauge.builder(name, this, value).baseUnit(unit).tag("step", step).register(meters);
    }

    /**
     * Replaces the last note of the task.
     *
     * @param task any object of the task's own
     * @param note its current state
     */
    void note(Object task, Note note) {
        notes.put(task, note);
    }

    /** The task has ended, or moved to another worker. */
    void forget(Object task) {
        notes.remove(task);
    }

    void expired(String step, int rows) {
        add(expired.get(step), rows);
    }

    void relieved(String step, int rows) {
        add(relieved.get(step), rows);
    }

    private static void add(@Nullable Counter counter, int rows) {
        if (counter != null && rows > 0) {
            counter.increment(rows);
        }
    }

    private double waiting(String step) {
        return of(step).mapToLong(note -> note.waiting().events()).sum();
    }

    private double oldestAge(String step) {
        OptionalLong firstExpiry = of(step).filter(note -> note.waiting().events() > 0)
                .mapToLong(note -> note.waiting().firstExpiryMs())
                .min();
        return firstExpiry.isEmpty()
                ? 0
                : Math.max(0, clock.millis() - firstExpiry.getAsLong() + waitFor.toMillis()) / 1000.0;
    }

    /** In seconds; NaN, the value of Prometheus for "unknown", while there is no watermark. */
    private double watermarkSeconds(String step) {
        long slowest = of(step).mapToLong(Note::watermarkMs).min().orElse(WatermarkTracker.BEGINNING);
        return slowest <= WatermarkEmitter.UNKNOWN ? Double.NaN : slowest / 1000.0;
    }

    private double stateBytes(String step, StateKind kind) {
        return of(step).mapToLong(note -> note.bytesByKind().getOrDefault(kind, 0L))
                .sum();
    }

    private Stream<Note> of(String step) {
        return notes.values().stream().filter(note -> note.step().equals(step));
    }

    /**
     * The state of one task of a step.
     *
     * @param watermarkMs watermark of the replay stream, epoch milliseconds; {@link WatermarkTracker#BEGINNING} when
     *     unknown
     * @param bytesByKind estimated heap bytes of its state, by what they contain
     */
    record Note(String step, Waiting waiting, long watermarkMs, Map<StateKind, Long> bytesByKind) {

        /** Estimated heap bytes of its state. */
        long stateBytes() {
            return bytesByKind.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
