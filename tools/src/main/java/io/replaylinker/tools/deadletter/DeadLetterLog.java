package io.replaylinker.tools.deadletter;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The topic of dead letters from a start time to its present end. Each partition is read in the order in which its dead letters were
 * written.
 */
final class DeadLetterLog {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final RecordDecoder<DeadLetter> decoder;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private long unreadable;

    /** @param consumer without a group; not closed by this */
    DeadLetterLog(String topic, Consumer<byte[], byte[]> consumer, RecordDecoder<DeadLetter> decoder) {
        this.topic = topic;
        this.consumer = consumer;
        this.decoder = decoder;
    }

    /**
     * Passes on every dead letter that the filter accepts.
     *
     * @throws CommandFailedException if there is no such topic, or Kafka stops answering
     */
    void read(DeadLetterFilter filter, java.util.function.Consumer<DeadLetterRecord> each) {
        start(filter.since());
        long quietSince = System.nanoTime();
        while (!isRead()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                quietSince = System.nanoTime();
                if (record.offset() < ends.getOrDefault(partition(record), 0L)) {
                    read(record, filter, each);
                }
            }
            if (System.nanoTime() - quietSince > STALL_TIMEOUT.toNanos()) {
                throw new CommandFailedException("Kafka returned no records of " + topic + " for "
                        + STALL_TIMEOUT.toSeconds() + " s; is its leader up, and may this user read the topic?");
            }
        }
    }

    /** Records on the topic that are not dead letters. */
    long unreadable() {
        return unreadable;
    }

    private void start(@Nullable Instant since) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new CommandFailedException("Kafka has no topic " + topic
                    + ", so there are no dead letters; dead-letters.topic sets another topic.");
        }
        List<TopicPartition> partitions = found.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        ends.putAll(consumer.endOffsets(partitions));
        consumer.seekToBeginning(partitions);
        if (since != null) {
            long sinceMs = Math.max(0, since.toEpochMilli());
            Map<TopicPartition, @Nullable OffsetAndTimestamp> starts = consumer.offsetsForTimes(
                    partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> sinceMs)));
            starts.forEach((partition, start) ->
                    consumer.seek(partition, start == null ? ends.getOrDefault(partition, 0L) : start.offset()));
        }
    }

    private boolean isRead() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void read(
            ConsumerRecord<byte[], byte[]> record,
            DeadLetterFilter filter,
            java.util.function.Consumer<DeadLetterRecord> each) {
        Decoded<DeadLetter> decoded = decoder.decode(topic, record.headers(), record.value());
        if (decoded instanceof Decoded.Value<DeadLetter> value) {
            DeadLetterRecord deadLetter = new DeadLetterRecord(
                    Objects.requireNonNull(value.value()), Instant.ofEpochMilli(record.timestamp()));
            if (filter.accepts(deadLetter)) {
                each.accept(deadLetter);
            }
        } else {
            unreadable++;
        }
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
