package io.replaylinker.worker.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.sinks.clickhouse.ClickHouse;
import io.replaylinker.sinks.clickhouse.ClickHouseSettings;
import io.replaylinker.sinks.clickhouse.LinkReader;
import io.replaylinker.sinks.clickhouse.LinkRow;
import io.replaylinker.sinks.clickhouse.Migrations;
import io.replaylinker.testkit.EmbeddedClickHouse;
import io.replaylinker.testkit.EmbeddedKafka;
import io.replaylinker.testkit.EmbeddedRegistry;
import io.replaylinker.worker.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Join and sink in processes of their own, which share nothing but Kafka and the registry. */
class RolesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String EVENT = "1102497293404247906e36789ab85c79";

    private static EmbeddedKafka kafka = EmbeddedKafka.start();
    private static EmbeddedClickHouse server = EmbeddedClickHouse.start();
    private static EmbeddedRegistry registry = EmbeddedRegistry.start();

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void prepare() {
        List.of("events", "ingest-replay-events").forEach(topic -> kafka.createTopic(topic, 1, Map.of()));
        new Migrations(clickHouse()).apply(step -> {});
    }

    @AfterAll
    static void stop() {
        registry.close();
        server.close();
        kafka.close();
    }

    @Test
    void shouldJoinInOneProcessAndWriteInAnother() throws Exception {
        try (WorkerProcess join = start("join", "http://127.0.0.1:1");
                WorkerProcess sink = start("sink", server.httpUrl())) {
            produce("ingest-replay-events", segment());
            produce("events", event());

            List<LinkRow> links = awaitLinks(join, sink);

            assertThat(links).singleElement().satisfies(link -> {
                assertThat(link.eventId()).isEqualTo(EVENT);
                assertThat(link.replayId()).isEqualTo(REPLAY);
            });
            assertThat(sink.stop(PATIENCE)).as(sink.log()).isZero();
            assertThat(join.stop(PATIENCE)).as(join.log()).isZero();
        }
    }

    /** The join is given no ClickHouse, and the sink no source. */
    private WorkerProcess start(String role, String clickHouse) throws IOException {
        return WorkerProcess.start(folder.resolve(role), """
                roles=%s
                kafka.bootstrap.servers=%s
                kafka.commit.interval.ms=100
                schema.registry.url=%s
                events.topics=%s:sentry-json
                state.dir=%s
                shuffle.partitions=1
                topics.partitions=1
                topics.replication=1
                clickhouse.url=%s
                clickhouse.compress=false
                sink.bad-rows=set-aside
                clickhouse.error-classes=241:retry
                """.formatted(
                        role,
                        kafka.bootstrapServers(),
                        registry.url(),
                        role.equals("join") ? "events" : "not-there",
                        folder.resolve(role).resolve("state"),
                        clickHouse));
    }

    private static List<LinkRow> awaitLinks(WorkerProcess join, WorkerProcess sink)
            throws InterruptedException, IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<LinkRow> links = new ArrayList<>();
        while (links.isEmpty() && join.isAlive() && sink.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(200);
            new LinkReader(clickHouse()).forEach(links::add);
        }
        assertThat(links).as(join.log() + sink.log()).isNotEmpty();
        return links;
    }

    private static ClickHouse clickHouse() {
        return new ClickHouse(ClickHouseSettings.of(server.httpUrl(), "default", server.user(), server.password())
                .uncompressed());
    }

    private static void produce(String topic, String value) throws ExecutionException, InterruptedException {
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Producer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static String segment() {
        long now = Instant.now().getEpochSecond();
        return """
                {"start_time":%d,"replay_id":"%s","project_id":11,"retention_days":90,"payload":{"type":"replay_event",\
                "replay_id":"%s","segment_id":0,"replay_type":"session","timestamp":%d,"replay_start_timestamp":%d,\
                "trace_ids":[],"platform":"javascript"}}""".formatted(now, REPLAY, REPLAY, now, now - 5);
    }

    private static String event() {
        long now = Instant.now().getEpochSecond();
        return """
                [2,"insert",{"event_id":"%s","organization_id":1,"project_id":22,"platform":"node","data":{"type":"error",\
                "level":"error","timestamp":%d,"received":%d,"contexts":{"replay":{"replay_id":"%s"}}}},{}]""".formatted(EVENT, now - 1, now, REPLAY);
    }
}
