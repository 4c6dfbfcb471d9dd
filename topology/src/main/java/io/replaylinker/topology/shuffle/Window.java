package io.replaylinker.topology.shuffle;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The part of a topic that a state is derived from. It begins one window length before the progress that was noted
 * last, and ends at the committed offset. Progress is the watermark of the step at that offset. So neither the downtime
 * of a worker nor a source that is ahead of another makes the window too short.
 *
 * <p>An entry counts for at most the window's length after the later of its own time and the progress when it was read.
 * A block has the latest time of its entries, and progress is an entry too. So nothing counts that lies before the
 * first block with a time at or after the start of the window.
 */
final class Window {

    /** How far the time in an entry may be behind the timestamp of its record. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int EMPTY_POLLS = 300;
    private static final int FARTHER = 10;

    private final Predicate<String> isPacked;
    private final String group;
    private final Duration length;
    private final Progress progress;
    private final ConcurrentMap<TopicPartition, Long> starts = new ConcurrentHashMap<>();

    /**
     * The windows of an application.
     *
     * @param isPacked whether the topic of this name contains blocks
     * @param group whose committed offsets count
     */
    Window(Predicate<String> isPacked, String group, Duration length, Progress progress) {
        this.isPacked = isPacked;
        this.group = group;
        this.length = length;
        this.progress = progress;
    }

    boolean concerns(TopicPartition partition) {
        return isPacked.test(partition.topic());
    }

    /** Start of the window of a partition when it was determined last; empty when it never was. */
    OptionalLong start(TopicPartition partition) {
        Long start = starts.get(partition);
        return start == null ? OptionalLong.empty() : OptionalLong.of(start);
    }

    /**
     * Finds the offsets where the windows begin: the beginning of a partition where no progress was noted before the
     * committed offset.
     *
     * @param config of a consumer of the same cluster
     * @throws TimeoutException if the broker does not return the blocks before the committed offset
     */
    Map<TopicPartition, Long> find(Map<String, Object> config, Collection<TopicPartition> partitions) {
        Map<String, Object> own = new HashMap<>(config);
        own.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        own.put(ConsumerConfig.CLIENT_ID_CONFIG, config.get(ConsumerConfig.CLIENT_ID_CONFIG) + "-window");
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        own.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> found = new HashMap<>(consumer.beginningOffsets(partitions));
            Map<TopicPartition, Long> fromMs = new HashMap<>();
            consumer.committed(Set.copyOf(partitions)).forEach((partition, committed) -> {
                OptionalLong noted = committed == null
                        ? OptionalLong.empty()
                        : noted(consumer, partition, found.getOrDefault(partition, 0L), committed);
                noted.ifPresent(ms -> fromMs.put(partition, Math.max(0, ms - length.toMillis() - SKEW.toMillis())));
            });
            consumer.offsetsForTimes(fromMs).forEach((partition, start) -> {
                if (start != null) {
                    found.put(partition, start.offset());
                }
            });
            starts.putAll(found);
            return found;
        }
    }

    private OptionalLong noted(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            long beginning,
            OffsetAndMetadata committed) {
        consumer.assign(List.of(partition));
        long end = committed.offset();
        for (long back = FARTHER; ; back *= FARTHER) {
            long from = Math.max(beginning, end - back);
            OptionalLong noted = noted(consumer, partition, from, end);
            if (noted.isPresent() || from == beginning) {
                return noted;
            }
        }
    }

    /** The progress in the last block that notes it. */
    private OptionalLong noted(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
        consumer.seek(partition, from);
        OptionalLong noted = OptionalLong.empty();
        int empty = 0;
        while (consumer.position(partition) < end) {
            boolean any = false;
            for (ConsumerRecord<byte[], byte[]> block : consumer.poll(POLL)) {
                any = true;
                OptionalLong here =
                        block.offset() < end ? progress.in(partition.topic(), block.value()) : OptionalLong.empty();
                noted = here.isPresent() ? here : noted;
            }
            empty = any ? 0 : empty + 1;
            if (empty == EMPTY_POLLS) {
                throw new TimeoutException("the blocks before offset " + end + " of " + partition + " do not come");
            }
        }
        return noted;
    }
}
