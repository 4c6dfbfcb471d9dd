package io.replaylinker.topology.shuffle;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The part of a topic that its state is made of: from so long before the block that was committed last up to that one. Time is that of the
 * blocks, so what a worker missed while it was down makes it no shorter.
 *
 * @param isPacked whether a topic of this name has blocks
 * @param group whose committed offsets count
 */
record Window(Predicate<String> isPacked, String group, Duration length) {

    /** Timestamps of records may lie so far ahead of the time of those beside them. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLLS = 300;
    private static final int FARTHER = 10;

    boolean concerns(TopicPartition partition) {
        return isPacked.test(partition.topic());
    }

    /**
     * Offsets where the windows begin; none of a partition of which nothing was committed.
     *
     * @param config of a consumer of the same cluster
     * @throws TimeoutException if the broker does not bring the blocks that were committed last
     */
    Map<TopicPartition, Long> starts(Map<String, Object> config, Collection<TopicPartition> partitions) {
        Map<String, Object> own = new HashMap<>(config);
        own.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        own.put(ConsumerConfig.CLIENT_ID_CONFIG, config.get(ConsumerConfig.CLIENT_ID_CONFIG) + "-window");
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        own.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> fromMs = new HashMap<>();
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
            consumer.committed(Set.copyOf(partitions)).forEach((partition, committed) -> {
                OptionalLong latest = committed == null
                        ? OptionalLong.empty()
                        : latestMs(consumer, partition, beginnings.getOrDefault(partition, 0L), committed);
                latest.ifPresent(ms -> fromMs.put(partition, Math.max(0, ms - length.toMillis() - SKEW.toMillis())));
            });
            Map<TopicPartition, Long> starts = new HashMap<>();
            consumer.offsetsForTimes(fromMs).forEach((partition, start) -> {
                if (start != null) {
                    starts.put(partition, start.offset());
                }
            });
            return starts;
        }
    }

    /** Of the last blocks before an offset; the one right before it may be the end of a transaction, which is no block. */
    private static OptionalLong latestMs(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            long beginning,
            OffsetAndMetadata committed) {
        consumer.assign(List.of(partition));
        long end = committed.offset();
        for (long back = 1; ; back *= FARTHER) {
            long from = Math.max(beginning, end - back);
            OptionalLong latest = latestMs(consumer, partition, from, end);
            if (latest.isPresent() || from == beginning) {
                return latest;
            }
        }
    }

    private static OptionalLong latestMs(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
        consumer.seek(partition, from);
        long latestMs = Long.MIN_VALUE;
        for (int poll = 0; consumer.position(partition) < end; poll++) {
            if (poll == POLLS) {
                throw new TimeoutException("the blocks before offset " + end + " of " + partition + " do not come");
            }
            for (ConsumerRecord<byte[], byte[]> block : consumer.poll(POLL)) {
                if (block.offset() < end) {
                    latestMs = Math.max(latestMs, block.timestamp());
                }
            }
        }
        return latestMs == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(latestMs);
    }
}
