package io.replaylinker.sinks;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that the consumer group has assigned to this sink, each with the records read from it. Assignments change in the middle of
 * a poll. Before a partition is handed over, as much as possible is committed.
 */
final class AssignedPartitions implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(AssignedPartitions.class);
    private static final Duration HAND_OVER = Duration.ofSeconds(5);
    private static final Duration RECALL = Duration.ofSeconds(5);
    private static final Duration DECODE_AGAIN = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final RecordReader<?> reader;
    private final InFlightInsert inFlight;
    private final OffsetCommits commits;
    private final BatchLimits limits;
    private final boolean keepsRecords;

    /** Assigned partitions that are not read yet, because the ranges noted by the previous sink are not known. */
    private final Set<TopicPartition> unknown = new HashSet<>();

    /** In the order in which the partitions insert. */
    private final Map<TopicPartition, PartitionBuffer> buffers = new LinkedHashMap<>();

    AssignedPartitions(
            Consumer<byte[], byte[]> consumer,
            RecordReader<?> reader,
            InFlightInsert inFlight,
            OffsetCommits commits,
            BatchLimits limits,
            boolean keepsRecords) {
        this.consumer = consumer;
        this.reader = reader;
        this.inFlight = inFlight;
        this.commits = commits;
        this.limits = limits;
        this.keepsRecords = keepsRecords;
    }

    void gather(ConsumerRecords<byte[], byte[]> records, long nowNanos) {
        for (TopicPartition partition : records.partitions()) {
            PartitionBuffer buffer =
                    Objects.requireNonNull(buffers.get(partition), "records of a partition that is not assigned");
            gather(buffer, records.records(partition), nowNanos);
        }
        for (PartitionBuffer buffer : buffers.values()) {
            if (buffer.isRebuilding() && isAtEnd(buffer.partition())) {
                buffer.reachedEnd(nowNanos);
            }
            buffer.closeIfDue(nowNanos);
        }
    }

    private void gather(PartitionBuffer buffer, List<ConsumerRecord<byte[], byte[]>> records, long nowNanos) {
        if (commits.readsAt(buffer.partition(), records.get(0).offset())) {
            buffer.giveUpNoted("the partition is read from there again");
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            ByteArrayOutputStream row = reader.read(record);
            if (row == null) {
                consumer.seek(buffer.partition(), record.offset());
                buffer.stallUntil(nowNanos + DECODE_AGAIN.toNanos());
                return;
            }
            buffer.add(
                    new SourceRecord(record.offset(), record.timestamp(), row.size(), keepsRecords ? record : null),
                    row,
                    nowNanos);
        }
    }

    private boolean isAtEnd(TopicPartition partition) {
        OptionalLong lag = consumer.currentLag(partition);
        return lag.isPresent() && lag.getAsLong() == 0;
    }

    /** Handles an insert that completes within the given time, and starts the next one whose range is committed to Kafka. */
    void insert(Duration within) {
        completeInsert(within);
        if (inFlight.isIdle()) {
            buffers.values().stream()
                    .map(PartitionBuffer::head)
                    .flatMap(Stream::ofNullable)
                    .filter(commits::isNoted)
                    .findFirst()
                    .ifPresent(inFlight::start);
        }
    }

    private void completeInsert(Duration within) {
        Batch completed = inFlight.awaitCompletion(within);
        PartitionBuffer buffer = completed == null ? null : buffers.remove(completed.partition());
        if (completed != null && buffer != null) {
            buffer.acknowledge();
            commits.safeBelow(completed.partition(), completed.lastOffset() + 1);
            // Moves to the end of the queue, so that the other partitions come first.
            buffers.put(completed.partition(), buffer);
        }
    }

    /** Commits the safe offsets and the pending ranges to Kafka. */
    void commit() {
        buffers.values().stream().filter(PartitionBuffer::isEmpty).forEach(this::noteIdlePosition);
        commits.commit(consumer, buffers.values());
    }

    /** A transaction marker takes an offset and yields no record. Without this the lag would never be zero. */
    private void noteIdlePosition(PartitionBuffer buffer) {
        try {
            long position = consumer.position(buffer.partition(), Duration.ofMillis(100));
            commits.readsAt(buffer.partition(), position);
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

    /** Returns whether there is nothing to do but to wait for an insert. */
    boolean areFull(long nowNanos) {
        return !inFlight.isIdle() && buffers.values().stream().noneMatch(buffer -> buffer.wantsMore(nowNanos));
    }

    boolean areDrained() {
        return buffers.values().stream().allMatch(PartitionBuffer::isDrained);
    }

    void closeBatches() {
        buffers.values().forEach(PartitionBuffer::close);
    }

    /** Retries reading the committed offsets and ranges of the previous sink where the first attempt failed. */
    void recall() {
        if (!unknown.isEmpty()) {
            recall(Set.copyOf(unknown));
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            consumer.pause(partitions);
            unknown.addAll(partitions);
            recall(Set.copyOf(partitions));
        }
    }

    /** A partition is not read before its pending batches are known. */
    private void recall(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed;
        try {
            committed = consumer.committed(partitions, RECALL);
        } catch (RetriableException e) {
            LOG.warn("The committed offset of {} cannot be read for now: {}", partitions, e.getMessage());
            return;
        }
        for (TopicPartition partition : partitions) {
            buffers.put(partition, new PartitionBuffer(partition, limits, noted(partition, committed.get(partition))));
        }
        unknown.removeAll(partitions);
        consumer.resume(partitions);
    }

    private List<PendingRange> noted(TopicPartition partition, @Nullable OffsetAndMetadata offset) {
        if (offset == null) {
            return List.of();
        }
        try {
            List<PendingRange> noted = PendingRange.parse(offset.metadata(), offset.offset());
            commits.startsAt(partition, offset);
            return noted;
        } catch (IllegalArgumentException e) {
            commits.readsAt(partition, offset.offset());
            LOG.warn(
                    "{}: the metadata of the committed offset {} is of another program and is ignored: {}",
                    partition,
                    offset.offset(),
                    e.getMessage());
            return List.of();
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (inFlight.isOf(partitions)) {
            completeInsert(HAND_OVER);
        }
        commits.commit(consumer, buffers.values());
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
        unknown.removeAll(partitions);
        buffers.keySet().removeAll(partitions);
        commits.forget(partitions);
    }
}
