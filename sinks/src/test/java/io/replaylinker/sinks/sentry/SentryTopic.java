package io.replaylinker.sinks.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.embedded.KafkaBroker;
import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.BatchLimits;
import io.replaylinker.sinks.SinkSettings;
import io.replaylinker.sinks.SinkSource;
import io.replaylinker.sinks.TopicSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A topic of links, on which {@code 5 2} stands for the link of event 5 to replay 2 and {@code -5 2} for its
 * retraction, and the one that Sentry's consumer reads. Both
 * have one partition.
 */
final class SentryTopic {

    static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    private static final Deserializer<Link> NUMBERS = (topic, data) -> {
        String[] numbers = new String(data, UTF_8).split(" ", -1);
        long event = Long.parseLong(numbers[0]);
        long replay = Long.parseLong(numbers[1]);
        return event < 0
                ? SentryLinks.builder(-event, replay).setDeleted(true).build()
                : SentryLinks.byTrace(event, replay);
    };

    private final KafkaBroker kafka;
    private final String links = "replay-links-" + UUID.randomUUID();
    private final String replays = "ingest-replay-events-" + UUID.randomUUID();

    private SentryTopic(KafkaBroker kafka) {
        this.kafka = kafka;
    }

    /** Sentry's topic is not there yet. */
    static SentryTopic linksOnly(KafkaBroker kafka) {
        SentryTopic made = new SentryTopic(kafka);
        kafka.createTopic(made.links, 1, Map.of());
        return made;
    }

    static SentryTopic create(KafkaBroker kafka) {
        SentryTopic made = linksOnly(kafka);
        made.createReplays();
        return made;
    }

    void createReplays() {
        kafka.createTopic(replays, 1, Map.of("message.timestamp.type", "LogAppendTime"));
    }

    /** Puts links on the first topic and tells where it then ends. */
    Map<TopicPartition, Long> produce(String... eventsAndReplays) throws Exception {
        long end = 0;
        try (Producer<String, String> producer =
                new KafkaProducer<>(connection(), new StringSerializer(), new StringSerializer())) {
            for (String one : eventsAndReplays) {
                end = producer.send(new ProducerRecord<>(links, one)).get().offset() + 1;
            }
        }
        return Map.of(new TopicPartition(links, 0), end);
    }

    BatchInserter inserter() {
        Map<String, Object> impatient = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "max.block.ms",
                1_000,
                "request.timeout.ms",
                1_000,
                "delivery.timeout.ms",
                3_000);
        return EventLinkSink.inserter(replays, impatient, new SimpleMeterRegistry());
    }

    /** A sink with small batches and short waits, of the group of that name. */
    TopicSink<Link> sink(String group, BatchInserter inserter) {
        SinkSettings settings = new SinkSettings(
                new BatchLimits(50, 1 << 20, Duration.ofMillis(100)),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(10));
        return new TopicSink<>(
                SinkSource.of(
                        links,
                        Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", links + group),
                        NUMBERS),
                new EventLinkRows(EventLinkMode.MISSING),
                inserter,
                settings,
                new SimpleMeterRegistry());
    }

    /** Runs a sink until it has published everything, and reads what Sentry then gets. */
    List<byte[]> publishAll(String group, Map<TopicPartition, Long> end) throws InterruptedException {
        try (TopicSink<Link> sink = sink(group, inserter())) {
            sink.start();
            if (!sink.awaitCommitted(end, LONG_ENOUGH)) {
                throw new AssertionError("not published in time; " + sink.failure());
            }
        }
        return messages();
    }

    /** All messages that Sentry gets, in their order. */
    List<byte[]> messages() {
        TopicPartition partition = new TopicPartition(replays, 0);
        List<byte[]> values = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(connection(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }

    private Map<String, Object> connection() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }
}
