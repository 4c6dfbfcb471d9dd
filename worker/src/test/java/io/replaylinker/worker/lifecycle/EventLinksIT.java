package io.replaylinker.worker.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.sentry.SentryReplayDecoder;
import io.replaylinker.sinks.clickhouse.ClickHouse;
import io.replaylinker.sinks.clickhouse.Migrations;
import io.replaylinker.testkit.EmbeddedClickHouse;
import io.replaylinker.testkit.EmbeddedKafka;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.SettingsReader;
import io.replaylinker.worker.wiring.ClickHouseWiring;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way round: what Sentry is told comes back on the topic that the join reads. */
class EventLinksIT {

    private static final String REPLAYS = "ingest-replay-events";
    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String TRACE = "7ace0006000000000000000000058cf2";
    private static final String BY_TRACE = "1102497293404247906e36789ab85c79";
    private static final String BY_ID = "2202497293404247906e36789ab85c79";

    private static EmbeddedKafka kafka = EmbeddedKafka.start();
    private static EmbeddedClickHouse server = EmbeddedClickHouse.start();

    @TempDir
    private Path state = Path.of("");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeAll
    static void createTopics() {
        List.of("events", "transactions", REPLAYS).forEach(topic -> kafka.createTopic(topic, 1, Map.of()));
    }

    @AfterAll
    static void stop() {
        server.close();
        kafka.close();
    }

    @Test
    void shouldTellWhatSentryLacksAndNotReadItAsAReplay() throws Exception {
        // Given
        Settings settings = settings();
        new Migrations(new ClickHouse(ClickHouseWiring.settings(settings))).apply(step -> {});
        try (Worker worker = Worker.start(settings, meters)) {
            // When
            produce(REPLAYS, segment());
            produce("events", event(BY_ID, "\"replay\":{\"replay_id\":\"" + REPLAY + "\"}"));
            produce("events", event(BY_TRACE, "\"trace\":{\"trace_id\":\"" + TRACE + "\"}"));
            await("the join has read what was told", () -> control() == 1);

            // Then
            assertThat(worker.failure()).isEmpty();
            assertThat(count("replay.linker.records", "topic", REPLAYS)).isEqualTo(2);
            assertThat(meters.counter("replay.linker.sightings").count()).isEqualTo(1);
            await("both links are judged", () -> told("sent") + told("made_by_sentry") == 2);
            assertThat(told("sent")).isEqualTo(1);
            assertThat(count("replay_linker_sink_rows", "topic", REPLAYS)).isEqualTo(2);
        }
        assertThat(replayTopic())
                .hasSize(2)
                .last()
                .satisfies(message -> assertThat(new String(message, UTF_8)).contains("\"project_id\":11"))
                .extracting(EventLinksIT::decoded)
                .isEqualTo(Decoded.control("event_link"));
    }

    private double control() {
        Counter counter = meters.find("replay.linker.control")
                .tag("operation", "event_link")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private double told(String outcome) {
        return count("replay_linker_sentry_event_links", "outcome", outcome);
    }

    private double count(String name, String label, String value) {
        Counter counter = meters.find(name).tag(label, value).counter();
        return counter == null ? 0 : counter.count();
    }

    private Settings settings() {
        return SettingsReader.of(Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "kafka.commit.interval.ms", "100",
                "schema.registry.url", "mock://event-links",
                "shuffle.partitions", "1",
                "topics.partitions", "1",
                "state.dir", state.toString(),
                "clickhouse.url", server.httpUrl(),
                "clickhouse.database", "event_links",
                "clickhouse.compress", "false",
                "sentry.event-links", "missing"));
    }

    private static Decoded<ReplaySegment> decoded(byte[] message) {
        return new SentryReplayDecoder().decode(REPLAYS, new RecordHeaders(), message);
    }

    private static List<byte[]> replayTopic() {
        TopicPartition partition = new TopicPartition(REPLAYS, 0);
        List<byte[]> values = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
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

    private static void produce(String topic, String value) throws Exception {
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static String segment() {
        long now = Instant.now().getEpochSecond();
        return """
                {"replay_id":"%s","project_id":11,"retention_days":30,"start_time":%d,"payload":{"type":"replay_event",\
                "segment_id":0,"replay_start_timestamp":%d,"timestamp":%d,"trace_ids":["%s"]}}""".formatted(REPLAY, now, now - 5, now, TRACE);
    }

    private static String event(String id, String context) {
        long now = Instant.now().getEpochSecond();
        return """
                [2,"insert",{"event_id":"%s","organization_id":1,"project_id":22,"platform":"node","data":{"type":"error",\
                "level":"error","timestamp":%d,"received":%d,"contexts":{%s}}},{}]""".formatted(id, now - 1, now, context);
    }
}
