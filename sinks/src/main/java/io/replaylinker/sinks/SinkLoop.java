package io.replaylinker.sinks;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a sink: poll, gather, insert one batch at a time, commit. It goes on polling while an insert is tried again, with
 * full partitions paused, so that the group does not take them away.
 */
final class SinkLoop<T> implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration HAND_OVER = Duration.ofSeconds(5);
    private static final Duration DECODE_AGAIN = Duration.ofSeconds(1);

    private final RecordReader<T> reader;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final InsertAttempts attempts;
    private final SinkSettings settings;
    private final SinkProgress progress;
    private final LongSupplier nanoTime;
    private final InFlightInsert inFlight;
    private final OffsetCommits commits;

    /** In the order of their turn to insert. */
    private final Map<TopicPartition, PartitionBuffer> buffers = new LinkedHashMap<>();

    private volatile boolean closing;

    SinkLoop(
            RecordReader<T> reader,
            Supplier<Consumer<byte[], byte[]>> consumers,
            InsertAttempts attempts,
            SinkSettings settings,
            SinkProgress progress,
            LongSupplier nanoTime) {
        this.reader = reader;
        this.consumers = consumers;
        this.attempts = attempts;
        this.settings = settings;
        this.progress = progress;
        this.nanoTime = nanoTime;
        inFlight = new InFlightInsert(attempts);
        commits = new OffsetCommits(progress);
    }

    @Override
    public void run() {
        try (attempts;
                Consumer<byte[], byte[]> consumer = consumers.get()) {
            awaitPrepared();
            consumer.subscribe(List.of(reader.topic()), new Assignment(consumer));
            while (!closing) {
                step(consumer);
            }
            drain(consumer);
        } catch (SinkException e) {
            fail(e);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof SinkException known) {
                // Thrown in the middle of a rebalance, and wrapped by the consumer.
                fail(known);
            } else if (!closing) {
                fail(new SinkException(ErrorClass.PERMANENT, "reading " + reader.topic() + ": " + e.getMessage(), e));
            }
        } finally {
            progress.state(SinkState.CLOSED);
        }
    }

    @Override
    public void close() {
        closing = true;
    }

    /** For a sink that never ran. */
    void release() {
        attempts.close();
    }

    private void awaitPrepared() {
        CompletableFuture<Void> prepared = attempts.prepare();
        while (!closing && !InFlightInsert.isDone(prepared, TICK)) {
            LOG.trace("The inserter is not ready yet");
        }
    }

    private void step(Consumer<byte[], byte[]> consumer) {
        gather(consumer, consumer.poll(timeToPoll()));
        long now = nanoTime.getAsLong();
        buffers.values().forEach(buffer -> buffer.closeIfDue(now));
        insert(Duration.ZERO);
        commitSafe(consumer);
        pauseWhatIsFull(consumer);
    }

    /** When no partition takes more, there is nothing to poll for, and the insert is what is waited for. */
    private Duration timeToPoll() {
        long now = nanoTime.getAsLong();
        boolean full = !inFlight.isIdle() && buffers.values().stream().noneMatch(buffer -> buffer.wantsMore(now));
        if (full) {
            insert(TICK);
            return Duration.ZERO;
        }
        Duration delay = settings.limits().delay();
        return delay.compareTo(TICK) < 0 ? delay : TICK;
    }

    private void gather(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            PartitionBuffer buffer = buffers.get(partition);
            if (buffer != null) {
                gather(consumer, partition, buffer, records.records(partition));
            }
        }
    }

    private void gather(
            Consumer<byte[], byte[]> consumer,
            TopicPartition partition,
            PartitionBuffer buffer,
            List<ConsumerRecord<byte[], byte[]>> records) {
        commits.startsAt(partition, records.get(0).offset());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            ByteArrayOutputStream row = reader.read(record);
            long now = nanoTime.getAsLong();
            if (row == null) {
                consumer.seek(partition, record.offset());
                buffer.stallUntil(now + DECODE_AGAIN.toNanos());
                return;
            }
            buffer.add(record.offset(), row, now);
        }
    }

    /** Takes note of an insert that has ended, and starts the next one. */
    private void insert(Duration within) {
        settle(within);
        if (inFlight.isIdle()) {
            buffers.values().stream()
                    .map(PartitionBuffer::head)
                    .flatMap(Stream::ofNullable)
                    .findFirst()
                    .ifPresent(inFlight::start);
        }
    }

    private void settle(Duration within) {
        Batch settled = inFlight.settle(within);
        if (settled != null) {
            PartitionBuffer buffer = buffers.remove(settled.partition());
            if (buffer != null) {
                buffer.acknowledge();
                commits.safeBelow(settled.partition(), settled.lastOffset() + 1);
                buffers.put(settled.partition(), buffer);
            }
        }
    }

    private void commitSafe(Consumer<byte[], byte[]> consumer) {
        buffers.forEach((partition, buffer) -> {
            if (buffer.isEmpty()) {
                noteIdlePosition(consumer, partition);
            }
        });
        commits.commit(consumer);
    }

    /** A transaction's marker takes an offset and brings no record: without this the lag would never be zero. */
    private void noteIdlePosition(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        try {
            long position = consumer.position(partition, TICK);
            commits.startsAt(partition, position);
            commits.safeBelow(partition, position);
        } catch (TimeoutException e) {
            LOG.trace("The position of {} is not known yet", partition);
        }
    }

    private void pauseWhatIsFull(Consumer<byte[], byte[]> consumer) {
        long now = nanoTime.getAsLong();
        buffers.forEach((partition, buffer) -> {
            if (buffer.wantsMore(now)) {
                consumer.resume(List.of(partition));
            } else {
                consumer.pause(List.of(partition));
            }
        });
    }

    private void drain(Consumer<byte[], byte[]> consumer) {
        long deadline = nanoTime.getAsLong() + settings.closeWithin().toNanos();
        buffers.values().forEach(PartitionBuffer::close);
        while (buffers.values().stream().anyMatch(buffer -> !buffer.isEmpty()) && nanoTime.getAsLong() - deadline < 0) {
            insert(TICK);
        }
        commitSafe(consumer);
    }

    private void fail(SinkException failure) {
        LOG.error("The sink of {} has stopped: {}", reader.topic(), failure.getMessage());
        progress.failed(failure);
    }

    /** Partitions come and go; what goes is handed over with as much committed as can be. */
    private final class Assignment implements ConsumerRebalanceListener {

        private final Consumer<byte[], byte[]> consumer;

        Assignment(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> buffers.put(partition, new PartitionBuffer(partition, settings.limits())));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (inFlight.isOf(partitions)) {
                settle(HAND_OVER);
            }
            commits.commit(consumer);
            forget(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            forget(partitions);
        }

        private void forget(Collection<TopicPartition> partitions) {
            if (inFlight.isOf(partitions)) {
                inFlight.abandon();
            }
            buffers.keySet().removeAll(partitions);
            commits.forget(partitions);
        }
    }
}
