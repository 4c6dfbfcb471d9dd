package io.replaylinker.tools;

import io.replaylinker.runtime.cli.CommandFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Finds the time of the first records of the sources that the join has not read yet. */
final class FirstUnread {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int POLLS = 40;

    private final Map<String, Object> given;

    /** @param given Kafka's own settings of a consumer of the join's group */
    FirstUnread(Map<String, Object> given) {
        this.given = given;
    }

    /**
     * The earliest of them.
     *
     * @param committed offsets of the join; of partitions that it never read everything is read anyway
     * @param now where all is read
     * @throws CommandFailedException if Kafka does not bring a record
     */
    Instant of(List<TopicPartition> partitions, Map<TopicPartition, Long> committed, Instant now) {
        Map<String, Object> properties = new HashMap<>(given);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Instant earliest = now;
            for (TopicPartition partition : partitions) {
                Long read = committed.get(partition);
                long end = ends.getOrDefault(partition, 0L);
                if (read != null && read < end) {
                    Instant unread =
                            timeAt(consumer, partition, Math.max(read, begins.getOrDefault(partition, 0L)), end, now);
                    earliest = unread.isBefore(earliest) ? unread : earliest;
                }
            }
            return earliest;
        }
    }

    private static Instant timeAt(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, long offset, long end, Instant now) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        for (int poll = 0; poll < POLLS && consumer.position(partition) < end; poll++) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return Instant.ofEpochMilli(record.timestamp());
            }
        }
        if (consumer.position(partition) >= end) {
            // Nothing but the ends of transactions.
            return now;
        }
        throw new CommandFailedException("Kafka did not return the record at offset " + offset + " of " + partition
                + " within " + POLL.multipliedBy(POLLS).toSeconds() + " s; try again, or give --since");
    }
}
