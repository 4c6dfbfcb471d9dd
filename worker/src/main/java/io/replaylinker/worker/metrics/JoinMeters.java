package io.replaylinker.worker.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.worker.lifecycle.JoinProcess;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.KafkaStreams;

/** Meters of the join. Its figures are collected periodically, because that scans all metrics of Kafka. */
final class JoinMeters {

    private final JoinProcess join;
    private volatile JoinFigures figures;

    JoinMeters(JoinProcess join, MeterRegistry meters) {
        this.join = join;
        figures = join.ask(JoinFigures::of);
        for (KafkaStreams.State state : KafkaStreams.State.values()) {
            Gauge.builder(
                            "replay_linker_join_state",
                            join,
                            running -> running.ask(KafkaStreams::state) == state ? 1 : 0)
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
        gauge(meters, "replay_linker_join_threads_alive", "", JoinFigures::threadsAlive);
        gauge(meters, "replay_linker_join_since_poll", "seconds", now -> now.sincePoll()
                .toSeconds());
        gauge(meters, "replay_linker_join_restoring", "records", JoinFigures::restoring);
        FunctionCounter.builder("replay_linker_join_threads_died", this, now -> now.figures.threadsDied())
                .register(meters);
    }

    /** Collects the figures again. */
    void refresh() {
        figures = join.ask(JoinFigures::of);
    }

    private void gauge(MeterRegistry meters, String name, String unit, ToDoubleFunction<JoinFigures> value) {
        Gauge.builder(name, this, now -> value.applyAsDouble(now.figures))
                .baseUnit(unit.isEmpty() ? null : unit)
                .register(meters);
    }
}
