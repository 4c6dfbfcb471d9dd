package io.replaylinker.topology.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** How far the workers of an installation have come, as Kafka knows it. */
final class Progress implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final Installation installation;
    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;

    Progress(Installation installation) {
        this.installation = installation;
        admin = Admin.create(Map.of("bootstrap.servers", installation.bootstrapServers()));
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        installation.bootstrapServers(),
                        "isolation.level",
                        installation.isTransactional() ? "read_committed" : "read_uncommitted"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * Whether nothing is left to be read on the sources and between the steps. The offsets are read before the ends: what was
     * committed then was flushed to the next topic, so that one look is enough.
     */
    boolean isThrough() {
        Map<TopicPartition, @Nullable OffsetAndMetadata> committed = committed();
        List<String> topics = new ArrayList<>(installation.sources());
        topics.addAll(installation.shuffle().blocks());
        return isRead(topics, committed);
    }

    /** Waits for it. Only for bounded runs: elsewhere the replay side tells for ever how far it is. */
    void awaitThrough() {
        Await.until("all inputs are processed", this::isThrough);
    }

    /** Whether nothing is left to be read on the sources. */
    boolean areSourcesRead() {
        return isRead(installation.sources(), committed());
    }

    /** Number of blocks that the state is restored from. */
    long stateRecords() {
        return consumer.endOffsets(partitions(installation.shuffle().blocks())).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private boolean isRead(List<String> topics, Map<TopicPartition, @Nullable OffsetAndMetadata> committed) {
        List<TopicPartition> inputs = partitions(topics);
        Map<TopicPartition, Long> ends = consumer.endOffsets(inputs);
        return inputs.stream().noneMatch(input -> {
            OffsetAndMetadata offset = committed.get(input);
            return hasRecords(input, offset == null ? 0 : offset.offset(), ends.getOrDefault(input, 0L));
        });
    }

    private Map<TopicPartition, @Nullable OffsetAndMetadata> committed() {
        return get(admin.listConsumerGroupOffsets(installation.name()).partitionsToOffsetAndMetadata());
    }

    private List<TopicPartition> partitions(List<String> topics) {
        return get(admin.describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(topic -> IntStream.range(0, topic.partitions().size())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .toList();
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The last offsets of a topic may be marks of transactions, which nobody commits. */
    private boolean hasRecords(TopicPartition input, long from, long to) {
        if (from >= to) {
            return false;
        }
        consumer.assign(List.of(input));
        consumer.seek(input, from);
        while (consumer.position(input) < to) {
            if (!consumer.poll(POLL).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
    }
}
