package io.replaylinker.sinks;

import io.replaylinker.clickhouse.StorageException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The progress of a sink. Its thread writes it and other threads read it. */
final class SinkProgress {

    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private SinkState state = SinkState.STARTING;
    private @Nullable StorageException failure;
    private long retryingSinceNanos;
    private volatile long heartbeatNanos = System.nanoTime();

    synchronized SinkState state() {
        return state;
    }

    /** Marks the start of a round of the sink's thread. */
    void heartbeat() {
        heartbeatNanos = System.nanoTime();
    }

    Duration sinceHeartbeat() {
        return Duration.ofNanos(System.nanoTime() - heartbeatNanos);
    }

    synchronized Duration retryingFor() {
        return state == SinkState.RETRYING ? Duration.ofNanos(System.nanoTime() - retryingSinceNanos) : Duration.ZERO;
    }

    /** Sets the state. A final state does not change. */
    synchronized void state(SinkState next) {
        if (next == SinkState.RETRYING && state != SinkState.RETRYING) {
            retryingSinceNanos = System.nanoTime();
        }
        if (state != SinkState.FAILED && state != SinkState.CLOSED) {
            state = next;
        }
        notifyAll();
    }

    synchronized void failed(StorageException cause) {
        failure = cause;
        state = SinkState.FAILED;
        notifyAll();
    }

    synchronized Optional<StorageException> failure() {
        return Optional.ofNullable(failure);
    }

    synchronized void committed(TopicPartition partition, long offset) {
        committed.put(partition, offset);
        notifyAll();
    }

    synchronized void forget(TopicPartition partition) {
        committed.remove(partition);
    }

    synchronized Map<TopicPartition, Long> committed() {
        return Map.copyOf(committed);
    }

    /** Waits until every partition has reached its offset, the time is over, or the sink has ended. */
    synchronized boolean awaitCommitted(Map<TopicPartition, Long> offsets, Duration timeout)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!reached(offsets)) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (failure != null || state == SinkState.CLOSED || leftMillis <= 0) {
                return false;
            }
            wait(leftMillis);
        }
        return true;
    }

    private boolean reached(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream()
                .allMatch(wanted -> committed.getOrDefault(wanted.getKey(), 0L) >= wanted.getValue());
    }
}
