package io.replaylinker.sinks;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * The partitions that the group has given to this sink, each with what has been read of it. They come and go in the middle of a
 * poll; what goes is handed over with as much committed as can be.
 */
final class AssignedPartitions implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(AssignedPartitions.class);
    private static final Duration HAND_OVER = Duration.ofSeconds(5);
    private static final Duration DECODE_AGAIN = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final RecordReader<?> reader;
    private final InFlightInsert inFlight;
    private final OffsetCommits commits;
    private final BatchLimits limits;

    /** In the order of their turn to insert. */
    private final Map<TopicPartition, PartitionBuffer> buffers = new LinkedHashMap<>();

    AssignedPartitions(
            Consumer<byte[], byte[]> consumer,
            RecordReader<?> reader,
            InFlightInsert inFlight,
            OffsetCommits commits,
            BatchLimits limits) {
        this.consumer = consumer;
        this.reader = reader;
        this.inFlight = inFlight;
        this.commits = commits;
        this.limits = limits;
    }

    void gather(ConsumerRecords<byte[], byte[]> records, long nowNanos) {
        for (TopicPartition partition : records.partitions()) {
            PartitionBuffer buffer = Objects.requireNonNull(buffers.get(partition), "records of a partition not ours");
            gather(buffer, records.records(partition), nowNanos);
        }
        buffers.values().forEach(buffer -> buffer.closeIfDue(nowNanos));
    }

    private void gather(PartitionBuffer buffer, List<ConsumerRecord<byte[], byte[]>> records, long nowNanos) {
        commits.startsAt(buffer.partition(), records.get(0).offset());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            ByteArrayOutputStream row = reader.read(record);
            if (row == null) {
                consumer.seek(buffer.partition(), record.offset());
                buffer.stallUntil(nowNanos + DECODE_AGAIN.toNanos());
                return;
            }
            buffer.add(record.offset(), row, nowNanos);
        }
    }

    /** Takes note of an insert that ends within the given time, and starts the next one. */
    void insert(Duration within) {
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
        PartitionBuffer buffer = settled == null ? null : buffers.remove(settled.partition());
        if (settled != null && buffer != null) {
            buffer.acknowledge();
            commits.safeBelow(settled.partition(), settled.lastOffset() + 1);
            // At the end of the queue: the other partitions come first.
            buffers.put(settled.partition(), buffer);
        }
    }

    void commit() {
        buffers.values().stream().filter(PartitionBuffer::isEmpty).forEach(this::noteIdlePosition);
        commits.commit(consumer);
    }

    /** A transaction's marker takes an offset and brings no record: without this the lag would never be zero. */
    private void noteIdlePosition(PartitionBuffer buffer) {
        try {
            long position = consumer.position(buffer.partition(), Duration.ofMillis(100));
            commits.startsAt(buffer.partition(), position);
            commits.safeBelow(buffer.partition(), position);
        } catch (TimeoutException e) {
            LOG.trace("The position of {} is not known yet", buffer.partition());
        }
    }

    void pauseWhatIsFull(long nowNanos) {
        for (PartitionBuffer buffer : buffers.values()) {
            List<TopicPartition> partition = List.of(buffer.partition());
            if (buffer.wantsMore(nowNanos)) {
                consumer.resume(partition);
            } else {
                consumer.pause(partition);
            }
        }
    }

    /** Whether an insert is all that there is to wait for. */
    boolean areFull(long nowNanos) {
        return !inFlight.isIdle() && buffers.values().stream().noneMatch(buffer -> buffer.wantsMore(nowNanos));
    }

    boolean areEmpty() {
        return buffers.values().stream().allMatch(PartitionBuffer::isEmpty);
    }

    void closeBatches() {
        buffers.values().forEach(PartitionBuffer::close);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> buffers.put(partition, new PartitionBuffer(partition, limits)));
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
