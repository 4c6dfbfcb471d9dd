package io.replaylinker.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Creates topics through the admin client, in the same way for every kind of broker. */
public final class TopicCreation {

    private static final long TIMEOUT_SECONDS = 30;

    private TopicCreation() {}

    /** See {@link KafkaBroker#createTopic(String, int, Map)}. */
    public static void createTopic(String bootstrapServers, String name, int partitions, Map<String, String> config) {
        NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(config);
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(List.of(topic)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            awaitLeaders(bootstrapServers, name, partitions);
        } catch (ExecutionException e) {
            throw new IllegalStateException("topic " + name + ": " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("topic " + name + ": no answer within " + TIMEOUT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topic " + name, e);
        }
    }

    /**
     * Queries the end offset of each partition, which only an active leader returns. The metadata names the leader slightly earlier. If a
     * producer's first batch arrives in between and its second one after it, the first stays out of sequence, and the producer is stuck
     * until its delivery timeout (KAFKA-15591).
     */
    private static void awaitLeaders(String bootstrapServers, String name, int partitions) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.endOffsets(all, Duration.ofSeconds(TIMEOUT_SECONDS));
        } catch (KafkaException e) {
            throw new IllegalStateException("topic " + name + " is there but has no leaders: " + e.getMessage(), e);
        }
    }
}
