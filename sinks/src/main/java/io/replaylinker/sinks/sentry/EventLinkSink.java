package io.replaylinker.sinks.sentry;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.SinkSettings;
import io.replaylinker.sinks.SinkSource;
import io.replaylinker.sinks.TopicSink;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Creates the sink that publishes links to Sentry's own replay topic. */
public final class EventLinkSink {

    /** Short timeouts, so that an unavailable broker shows as a sink that retries. */
    private static final Map<String, Object> CHOICES = Map.of(
            ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
            ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);

    private EventLinkSink() {}

    /**
     * Creates a sink without starting it.
     *
     * @param mode anything but {@link EventLinkMode#OFF}
     * @param topic the one that Sentry's consumer reads
     * @param producerProperties Kafka's own settings, at least bootstrap.servers
     */
    public static TopicSink<Link> create(
            EventLinkMode mode,
            String topic,
            Map<String, ?> producerProperties,
            SinkSource<Link> source,
            SinkSettings settings,
            MeterRegistry registry) {
        return new TopicSink<>(
                source, new EventLinkRows(mode), inserter(topic, producerProperties, registry), settings, registry);
    }

    static BatchInserter inserter(String topic, Map<String, ?> producerProperties, MeterRegistry registry) {
        Map<String, Object> effective = effective(producerProperties);
        return new EventLinkInserter(
                topic,
                () -> new KafkaProducer<>(effective, new ByteArraySerializer(), new ByteArraySerializer()),
                registry);
    }

    /** Overrides the settings that the guarantees of the sink depend on. */
    static Map<String, Object> effective(Map<String, ?> producerProperties) {
        Map<String, Object> effective = new HashMap<>(CHOICES);
        effective.putAll(producerProperties);
        effective.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        effective.put(ProducerConfig.ACKS_CONFIG, "all");
        effective.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return effective;
    }
}
