package io.replaylinker.sinks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.replaylinker.clickhouse.ErrorClass;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * The metrics of one sink, labelled with its name. Rows and batches count when they are acknowledged, so a batch that is repeated after a
 * crash counts twice. Every failed attempt counts as an error. {@code insert} measures the successful attempts.
 */
final class SinkMetrics {

    private final MeterRegistry registry;
    private final String sink;
    private final Clock clock;
    private final Counter batches;
    private final Counter rows;
    private final Counter bytes;
    private final Counter undecodable;
    private final Timer insert;
    private final Timer visible;
    private final Counter setAside;
    private final AtomicLong openCircuits = new AtomicLong();
    private final AtomicLong lastSuccessMs = new AtomicLong();

    SinkMetrics(MeterRegistry registry, String sink, Clock clock) {
        this.registry = registry;
        this.sink = sink;
        this.clock = clock;
        batches = counter("replay_linker_sink_batches");
        rows = counter("replay_linker_sink_rows");
        bytes = counter("replay_linker_sink_bytes");
        undecodable = counter("replay_linker_sink_undecodable");
        setAside = counter("replay_linker_sink_set_aside");
        insert = registry.timer("replay_linker_sink_insert", "sink", sink);
        visible = registry.timer("replay_linker_sink_visible", "sink", sink);
        Gauge.builder("replay_linker_sink_circuit_open", openCircuits, AtomicLong::doubleValue)
                .tag("sink", sink)
                .register(registry);
        Gauge.builder("replay_linker_sink_last_success_time", lastSuccessMs, ms -> ms.get() / 1000.0)
                .baseUnit("seconds")
                .tag("sink", sink)
                .register(registry);
        for (ErrorClass errorClass : ErrorClass.values()) {
            // A series that appears only with its first error would look like a jump.
            errors(errorClass);
        }
    }

    void acknowledged(Batch batch, Duration took) {
        long nowMs = clock.millis();
        batches.increment();
        rows.increment(batch.rows());
        bytes.increment(batch.byteCount());
        insert.record(took);
        // Of the slowest row. One measurement per batch costs little, one per row would be noticeable.
        visible.record(Duration.ofMillis(Math.max(0, nowMs - batch.earliestTimestampMs())));
        lastSuccessMs.set(nowMs);
    }

    void failedAttempt(ErrorClass errorClass) {
        errors(errorClass).increment();
    }

    void setAside() {
        setAside.increment();
    }

    void circuitOpen(boolean open) {
        openCircuits.set(open ? 1 : 0);
    }

    void undecodable() {
        undecodable.increment();
    }

    /** Registers Kafka's own metrics of the sink's consumer until they are closed. */
    KafkaClientMetrics watch(Consumer<?, ?> consumer) {
        KafkaClientMetrics figures = new KafkaClientMetrics(consumer, Tags.of("sink", sink));
        figures.bindTo(registry);
        return figures;
    }

    private Counter errors(ErrorClass errorClass) {
        return registry.counter("replay_linker_sink_errors", "sink", sink, "class", errorClass.label());
    }

    private Counter counter(String name) {
        return registry.counter(name, "sink", sink);
    }
}
