package io.replaylinker.sinks;

import io.replaylinker.clickhouse.SinkException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far the sink has come, told by its thread and read by others. */
final class SinkProgress {

    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private SinkState state = SinkState.STARTING;
    private @Nullable SinkException failure;
    private long retryingSinceNanos;
    private volatile long heartbeatNanos = System.nanoTime();

    synchronized SinkState state() {
        return state;
    }

    /** A round of its thread begins. */
    void heartbeat() {
        heartbeatNanos = System.nanoTime();
    }

    Duration sinceHeartbeat() {
        return Duration.ofNanos(System.nanoTime() - heartbeatNanos);
    }

    synchronized Duration retryingFor() {
        return state == SinkState.RETRYING ? Duration.ofNanos(System.nanoTime() - retryingSinceNanos) : Duration.ZERO;
    }

    /** A sink that has ended stays so. */
    synchronized void state(SinkState next) {
        if (next == SinkState.RETRYING && state != SinkState.RETRYING) {
            retryingSinceNanos = System.nanoTime();
        }
        if (state != SinkState.FAILED && state != SinkState.CLOSED) {
            state = next;
        }
        notifyAll();
    }

    synchronized void failed(SinkException cause) {
        failure = cause;
        state = SinkState.FAILED;
        notifyAll();
    }

    synchronized Optional<SinkException> failure() {
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

    /** Waits until every partition has come as far as asked, the time is over, or the sink has ended. */
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
