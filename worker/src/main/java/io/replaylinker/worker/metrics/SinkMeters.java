package io.replaylinker.worker.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.sinks.SinkState;
import io.replaylinker.sinks.TopicSink;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/** Meters of a sink; it counts its own work itself. */
final class SinkMeters {

    private SinkMeters() {}

    static void bind(TopicSink<?> sink, MeterRegistry meters) {
        for (SinkState state : SinkState.values()) {
            Gauge.builder("replay_linker_sink_state", sink, running -> running.state() == state ? 1 : 0)
                    .tag("sink", sink.name())
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
        seconds("replay_linker_sink_retrying", sink, TopicSink::retryingFor, meters);
        seconds("replay_linker_sink_since_round", sink, TopicSink::sinceHeartbeat, meters);
    }

    private static void seconds(
            String name, TopicSink<?> sink, Function<TopicSink<?>, Duration> value, MeterRegistry meters) {
        Gauge.builder(name, sink, running -> value.apply(running).toMillis() / 1000.0)
                .baseUnit("seconds")
                .tag("sink", sink.name())
                .register(meters);
    }
}
