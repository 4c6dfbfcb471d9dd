package io.replaylinker.tools.deadletter;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the original records of dead letters. A dead letter holds a record's position and hash and not its payload, so the record is read
 * again.
 */
final class Originals {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, Integer> partitions = new HashMap<>();

    /** @param consumer without a group; not closed by this */
    Originals(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    Original of(DeadLetterRecord deadLetter) {
        Place place = deadLetter.place();
        if (place.partition() >= partitions.computeIfAbsent(place.topic(), this::partitionsOf)) {
            return new Original.Gone("its topic no longer exists");
        }
        TopicPartition partition = place.topicPartition();
        List<TopicPartition> one = List.of(partition);
        long beginning = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
        if (place.offset() < beginning) {
            return new Original.Gone("deleted by retention: the partition begins at " + beginning);
        }
        if (place.offset() >= consumer.endOffsets(one).getOrDefault(partition, 0L)) {
            return new Original.Gone("the topic was recreated and does not reach this offset");
        }
        consumer.assign(one);
        consumer.seek(partition, place.offset());
        return read(deadLetter, partition);
    }

    private Original read(DeadLetterRecord deadLetter, TopicPartition partition) {
        long offset = deadLetter.content().getOffset();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (consumer.position(partition) <= offset) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return record.offset() > offset
                        ? new Original.Gone("removed by compaction")
                        : deadLetter.isAbout(record.value())
                                ? new Original.There(record)
                                : new Original.Gone("the topic was recreated: another record has this offset");
            }
            if (System.nanoTime() > deadline) {
                return new Original.Gone("Kafka did not return it within " + TIMEOUT.toSeconds() + " s");
            }
        }
        return new Original.Gone("removed by compaction");
    }

    private int partitionsOf(String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        return found == null ? 0 : found.size();
    }
}
