package io.replaylinker.sinks;

import io.replaylinker.clickhouse.SinkException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** Several sinks that start and end together, each with a thread and a consumer of its own. */
public final class Sinks implements AutoCloseable {

    /** A sink and the topic that it reads. */
    public record Reading(String topic, TopicSink<?> sink) {}

    private final List<Reading> sinks;

    /** Takes over sinks that are not yet started. */
    public Sinks(List<Reading> sinks) {
        this.sinks = List.copyOf(sinks);
    }

    /** Starts them and returns at once. */
    public void start() {
        sinks.forEach(reading -> reading.sink().start());
    }

    /** Each of them. */
    public List<TopicSink<?>> all() {
        return sinks.stream().<TopicSink<?>>map(Reading::sink).toList();
    }

    /** Why one of them ended by itself; empty while all run and after a clean end. */
    public Optional<SinkException> failure() {
        return sinks.stream()
                .flatMap(reading -> reading.sink().failure().stream())
                .findFirst();
    }

    /**
     * Waits until all that is in the topics now is safe.
     *
     * @param ends of a topic, exclusive
     * @param each how long one sink may take
     * @return false when the time is over or a sink has ended before
     */
    public boolean awaitCommitted(Function<String, Map<TopicPartition, Long>> ends, Duration each)
            throws InterruptedException {
        for (Reading reading : sinks) {
            if (!reading.sink().awaitCommitted(ends.apply(reading.topic()), each)) {
                return false;
            }
        }
        return true;
    }

    /** Each finishes what it has read; all at once, so that it takes no longer than the slowest. */
    @Override
    public void close() {
        List<Thread> closing = sinks.stream()
                .map(reading -> new Thread(reading.sink()::close, "close-" + reading.topic()))
                .toList();
        closing.forEach(Thread::start);
        try {
            for (Thread one : closing) {
                one.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
