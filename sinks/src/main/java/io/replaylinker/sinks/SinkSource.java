package io.replaylinker.sinks;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Where a sink reads from.
 *
 * @param name of the sink among all of a process, as its metrics are labelled; several may read one topic
 * @param consumerProperties Kafka's own settings, at least bootstrap.servers and group.id
 * @param deserializer of the values, used by one thread
 * @param passing whether what the deserializer threw says nothing about the record and may pass, as a registry that is away; the
 *     record is then read again
 */
public record SinkSource<T>(
        String name,
        String topic,
        Map<String, ?> consumerProperties,
        Deserializer<T> deserializer,
        Predicate<RuntimeException> passing) {

    public SinkSource {
        consumerProperties = Map.copyOf(consumerProperties);
        if (!consumerProperties.containsKey(ConsumerConfig.GROUP_ID_CONFIG)) {
            throw new IllegalArgumentException("a sink needs a group.id of its own");
        }
    }

    /** A source that is named as its topic and reads a record again only when Kafka itself says that it may pass. */
    public static <T> SinkSource<T> of(String topic, Map<String, ?> consumerProperties, Deserializer<T> deserializer) {
        return new SinkSource<>(topic, topic, consumerProperties, deserializer, RetriableException.class::isInstance);
    }

    /** What the promises of the sink rest on is not for the caller to choose. */
    Map<String, Object> effectiveProperties() {
        Map<String, Object> effective = new HashMap<>();
        effective.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        effective.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        effective.putAll(consumerProperties);
        effective.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        effective.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return effective;
    }
}
