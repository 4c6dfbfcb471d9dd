package io.replaylinker.sinks.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.clickhouse.LinkColumns;
import io.replaylinker.embedded.KafkaBroker;
import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.BadRows;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.BatchLimits;
import io.replaylinker.sinks.SinkSettings;
import io.replaylinker.sinks.SinkSource;
import io.replaylinker.sinks.TopicSink;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A topic of three partitions on which a number stands for the sample link of that number, with a minus for its retraction, and the
 * sinks that read it. The name of the group is that of the topic.
 */
final class LinkTopic {

    static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    private static final Deserializer<Link> NUMBERS = (topic, data) -> {
        long number = Long.parseLong(new String(data, UTF_8));
        return number < 0 ? SampleLinks.retracted(-number) : SampleLinks.link(number);
    };

    private final KafkaBroker kafka;
    private final String topic = "replay-links-" + UUID.randomUUID();

    private LinkTopic(KafkaBroker kafka) {
        this.kafka = kafka;
    }

    static LinkTopic create(KafkaBroker kafka) {
        LinkTopic made = new LinkTopic(kafka);
        kafka.createTopic(made.topic, 3, Map.of());
        return made;
    }

    TopicPartition partition(int number) {
        return new TopicPartition(topic, number);
    }

    /** A sink with small batches and short waits. */
    TopicSink<Link> sink(BatchInserter inserter) {
        return sink(inserter, BadRows.stop(), 50);
    }

    /** The same with batches of one's own size. */
    TopicSink<Link> sink(BatchInserter inserter, BadRows badRows, int rows) {
        SinkSettings settings = new SinkSettings(
                new BatchLimits(rows, 1 << 20, Duration.ofMillis(100)),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofMillis(500),
                Duration.ofSeconds(10));
        Map<String, Object> properties =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", topic, "session.timeout.ms", 10_000);
        return new TopicSink<>(
                SinkSource.of(topic, properties, NUMBERS),
                new LinkColumns()::encode,
                inserter,
                settings,
                badRows,
                new SimpleMeterRegistry());
    }

    /** Spreads the numbers over the partitions and tells where each partition then ends. */
    Map<TopicPartition, Long> produce(long... numbers) {
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            List<Future<RecordMetadata>> sent = Arrays.stream(numbers)
                    .mapToObj(number -> producer.send(record((int) (Math.abs(number) % 3), number)))
                    .toList();
            Map<TopicPartition, Long> end = new HashMap<>();
            for (Future<RecordMetadata> one : sent) {
                RecordMetadata where = get(one);
                end.merge(new TopicPartition(topic, where.partition()), where.offset() + 1, Math::max);
            }
            return end;
        }
    }

    ProducerRecord<String, String> record(int partition, long number) {
        return new ProducerRecord<>(topic, partition, null, Long.toString(number));
    }

    KafkaProducer<String, String> producer(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    /** What Kafka knows of the group. */
    Map<TopicPartition, Long> committed() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            get(admin.listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
            return offsets;
        }
    }

    static <T> T get(Future<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The events of links as {@link TestDatabase#currentEvents} tells them. */
    static List<String> events(LongStream numbers) {
        return numbers.mapToObj(number -> String.format("%08x", number)).toList();
    }
}
