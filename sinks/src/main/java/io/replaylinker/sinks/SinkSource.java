package io.replaylinker.sinks;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The source of a sink.
 *
 * @param name of the sink, unique in the process, used as a metric label; several sinks may read one topic
 * @param consumerProperties Kafka's own settings, at least bootstrap.servers and group.id
 * @param deserializer of the values, used by one thread only
 * @param passing whether a failure of the deserializer is not about the record and may pass, such as an unavailable registry; the record is
 *     then read again
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

    /** A source with the topic as its name. It reads a record again only for failures that Kafka declares retriable. */
    public static <T> SinkSource<T> of(String topic, Map<String, ?> consumerProperties, Deserializer<T> deserializer) {
        return new SinkSource<>(topic, topic, consumerProperties, deserializer, RetriableException.class::isInstance);
    }

    /** Overrides the settings that the guarantees of the sink depend on. */
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
