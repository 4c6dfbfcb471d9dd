package io.replaylinker.sinks.sentry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
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

/** Links from their topic to Sentry's own replay topic. */
public final class EventLinkSink {

    /** Short enough that a broker that is away shows as a sink that retries. */
    private static final Map<String, Object> CHOICES = Map.of(
            ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
            ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);

    private EventLinkSink() {}

    /**
     * A sink, not yet started. Its counters have the label {@code topic} of the topic that is written, because another sink reads
     * the same one.
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
                source,
                new EventLinkRows(mode),
                inserter(topic, producerProperties, registry),
                settings,
                labelled(registry, topic));
    }

    static BatchInserter inserter(String topic, Map<String, ?> producerProperties, MeterRegistry registry) {
        Map<String, Object> effective = effective(producerProperties);
        return new EventLinkInserter(
                topic,
                () -> new KafkaProducer<>(effective, new ByteArraySerializer(), new ByteArraySerializer()),
                registry);
    }

    /** What the promises of the sink rest on is not for the caller to choose. */
    static Map<String, Object> effective(Map<String, ?> producerProperties) {
        Map<String, Object> effective = new HashMap<>(CHOICES);
        effective.putAll(producerProperties);
        effective.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        effective.put(ProducerConfig.ACKS_CONFIG, "all");
        effective.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return effective;
    }

    private static MeterRegistry labelled(MeterRegistry registry, String topic) {
        CompositeMeterRegistry labelled = new CompositeMeterRegistry();
        labelled.config().meterFilter(MeterFilter.replaceTagValues("topic", read -> topic));
        labelled.add(registry);
        return labelled;
    }
}
