package io.replaylinker.tools.reprocess;

import io.replaylinker.runtime.cli.CommandFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The range of events that the user requests.
 *
 * @param from null when offsets give it
 * @param to null for now
 * @param fromOffsets by partition of a topic of events or spans the first offset; empty when times give it
 * @param toOffsets by partition the first offset after the range; without one, the end
 */
record RangeRequest(
        @Nullable Instant from,
        @Nullable Instant to,
        Map<TopicPartition, Long> fromOffsets,
        Map<TopicPartition, Long> toOffsets) {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    RangeRequest {
        fromOffsets = Map.copyOf(fromOffsets);
        toOffsets = Map.copyOf(toOffsets);
    }

    /**
     * Times as they are, for offsets the times of their records.
     *
     * @param events all partitions of the topics of events and spans
     * @throws CommandFailedException if a partition or an offset is not there
     */
    Range resolve(Consumer<byte[], byte[]> consumer, List<TopicPartition> events, Instant now) {
        if (fromOffsets.isEmpty()) {
            return new Range(from == null ? now : from, to == null || to.isAfter(now) ? now : to, Map.of());
        }
        requireKnown(fromOffsets.keySet(), events);
        requireKnown(toOffsets.keySet(), List.copyOf(fromOffsets.keySet()));
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(fromOffsets.keySet());
        Map<TopicPartition, Long> ends = consumer.endOffsets(fromOffsets.keySet());
        Map<TopicPartition, Range.Offsets> meant = new HashMap<>();
        long earliest = now.toEpochMilli();
        long latest = 0;
        for (Map.Entry<TopicPartition, Long> first : fromOffsets.entrySet()) {
            TopicPartition partition = first.getKey();
            long end = ends.getOrDefault(partition, 0L);
            long stop = toOffsets.getOrDefault(partition, end);
            requireInside(partition, first.getValue(), beginnings.getOrDefault(partition, 0L), stop, end);
            meant.put(partition, new Range.Offsets(first.getValue(), stop));
            earliest = Math.min(earliest, timestamp(consumer, partition, first.getValue(), end, now));
            latest =
                    Math.max(latest, stop == end ? now.toEpochMilli() : timestamp(consumer, partition, stop, end, now));
        }
        return new Range(Instant.ofEpochMilli(earliest), Instant.ofEpochMilli(latest), meant);
    }

    private static void requireKnown(Set<TopicPartition> named, List<TopicPartition> known) {
        for (TopicPartition partition : named) {
            if (!known.contains(partition)) {
                throw new CommandFailedException(partition.topic() + " partition " + partition.partition()
                        + ": offsets can be given for topics of events only (events.topics and spans.topics), and an end only where there is a"
                        + " start; there are " + known);
            }
        }
    }

    private static void requireInside(TopicPartition partition, long start, long beginning, long stop, long end) {
        if (start < beginning || start > stop || stop > end) {
            throw new CommandFailedException(
                    "%s partition %d: from %d to %d is not within the offsets of the topic, %d to %d"
                            .formatted(partition.topic(), partition.partition(), start, stop, beginning, end));
        }
    }

    /** Timestamp of the first record from there on; now, at the end of the partition. */
    private static long timestamp(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, long offset, long end, Instant now) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (consumer.position(partition) < end && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return Math.min(record.timestamp(), now.toEpochMilli());
            }
        }
        return now.toEpochMilli();
    }
}
