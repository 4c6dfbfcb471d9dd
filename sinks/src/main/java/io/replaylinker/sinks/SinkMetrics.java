package io.replaylinker.sinks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The counters of one sink, labelled with its topic. Rows and batches are counted when they are acknowledged, so a batch that is
 * repeated after a crash counts twice; every failed attempt is an error, and {@code insert} times the attempts that worked.
 */
final class SinkMetrics {

    private final MeterRegistry registry;
    private final String topic;
    private final Clock clock;
    private final Counter batches;
    private final Counter rows;
    private final Counter bytes;
    private final Counter undecodable;
    private final Timer insert;
    private final Counter setAside;
    private final AtomicLong openCircuits = new AtomicLong();
    private final AtomicLong lastSuccessMs = new AtomicLong();

    SinkMetrics(MeterRegistry registry, String topic, Clock clock) {
        this.registry = registry;
        this.topic = topic;
        this.clock = clock;
        batches = counter("replay_linker_sink_batches", "Batches acknowledged");
        rows = counter("replay_linker_sink_rows", "Rows acknowledged");
        bytes = counter("replay_linker_sink_bytes", "Bytes of encoded rows acknowledged");
        undecodable =
                counter("replay_linker_sink_undecodable", "Records that could not be decoded; the sink stops at each");
        setAside = counter("replay_linker_sink_set_aside", "Rows that failed all alone and became dead letters");
        Gauge.builder("replay_linker_sink_circuit_open", openCircuits, AtomicLong::doubleValue)
                .description("1 while nothing is sent for a long pause because the server has too much to do, else 0")
                .tag("topic", topic)
                .register(registry);
        insert = Timer.builder("replay_linker_sink_insert")
                .description("Time of an insert that was acknowledged")
                .tag("topic", topic)
                .register(registry);
        Gauge.builder("replay_linker_sink_last_success_time", lastSuccessMs, ms -> ms.get() / 1000.0)
                .description("When the last insert was acknowledged, as seconds of the epoch; 0 before the first")
                .baseUnit("seconds")
                .tag("topic", topic)
                .register(registry);
    }

    void acknowledged(Batch batch, Duration took) {
        batches.increment();
        rows.increment(batch.rows());
        bytes.increment(batch.byteCount());
        insert.record(took);
        lastSuccessMs.set(clock.millis());
    }

    void failedAttempt(ErrorClass errorClass) {
        Counter.builder("replay_linker_sink_errors")
                .description("Attempts that failed, by what is done about them")
                .tag("topic", topic)
                .tag("class", errorClass.label())
                .register(registry)
                .increment();
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

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("topic", topic)
                .register(registry);
    }
}
