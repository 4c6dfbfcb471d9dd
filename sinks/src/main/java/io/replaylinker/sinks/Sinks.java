package io.replaylinker.sinks;

import io.replaylinker.clickhouse.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** Several sinks that start and stop together. Each has its own thread and consumer. */
public final class Sinks implements AutoCloseable {

    private final List<TopicSink<?>> sinks;

    /** Takes ownership of sinks that are not started. */
    public Sinks(List<TopicSink<?>> sinks) {
        this.sinks = List.copyOf(sinks);
    }

    /** Starts all sinks and returns at once. */
    public void start() {
        sinks.forEach(TopicSink::start);
    }

    /** All sinks. */
    public List<TopicSink<?>> all() {
        return sinks;
    }

    /** The failure that stopped one of the sinks; empty while all run and after a normal stop. */
    public Optional<StorageException> failure() {
        return sinks.stream().flatMap(sink -> sink.failure().stream()).findFirst();
    }

    /**
     * Waits until all records that are in the topics now are safe.
     *
     * @param ends end offsets of a topic, exclusive
     * @param each time limit per sink
     * @return false if the time is over or a sink has ended before
     */
    public boolean awaitCommitted(Function<String, Map<TopicPartition, Long>> ends, Duration each)
            throws InterruptedException {
        for (TopicSink<?> sink : sinks) {
            if (!sink.awaitCommitted(ends.apply(sink.topic()), each)) {
                return false;
            }
        }
        return true;
    }

    /** Closes all sinks in parallel. Each finishes what it has read, so this takes no longer than the slowest one. */
    @Override
    public void close() {
        List<Thread> closing = sinks.stream()
                .map(sink -> new Thread(sink::close, "close-" + sink.topic()))
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
