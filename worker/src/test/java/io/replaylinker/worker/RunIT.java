package io.replaylinker.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.sinks.clickhouse.ClickHouse;
import io.replaylinker.sinks.clickhouse.ClickHouseSettings;
import io.replaylinker.sinks.clickhouse.LinkReader;
import io.replaylinker.sinks.clickhouse.LinkRow;
import io.replaylinker.sinks.clickhouse.Migrations;
import io.replaylinker.testkit.EmbeddedClickHouse;
import io.replaylinker.testkit.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deployed worker as its own process, between a real Kafka and a real ClickHouse. */
class RunIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String EVENT = "1102497293404247906e36789ab85c79";

    private static EmbeddedKafka kafka = EmbeddedKafka.start();
    private static EmbeddedClickHouse server = EmbeddedClickHouse.start();

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void prepare() {
        List.of("events", "transactions", "ingest-replay-events")
                .forEach(topic -> kafka.createTopic(topic, 1, Map.of()));
        new Migrations(clickHouse()).apply(step -> {});
    }

    @AfterAll
    static void stop() {
        server.close();
        kafka.close();
    }

    @Test
    void shouldTurnMessagesIntoALinkAndEndWellWhenAsked() throws Exception {
        Process worker = start("events:sentry-json,transactions:sentry-json");
        try {
            produce("ingest-replay-events", segment());
            produce("events", event());

            List<LinkRow> links = awaitLinks(worker);

            assertThat(links).singleElement().satisfies(link -> {
                assertThat(link.eventId()).isEqualTo(EVENT);
                assertThat(link.replayId()).isEqualTo(REPLAY);
                assertThat(link.method()).isEqualTo("replay_id");
            });
            // Nobody has told the organization of the replay's project, so its life stands in a row of its own.
            awaitRow(
                    worker,
                    "SELECT replay_id FROM replays GROUP BY replay_id"
                            + " HAVING max(last_segment_id) = 0 AND max(kinds) = 1");
            worker.destroy();
            assertThat(worker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(worker.exitValue()).as(log()).isZero();
        } finally {
            worker.destroyForcibly();
        }
    }

    @Test
    void shouldRefuseToStartWhenASourceIsMissing() throws Exception {
        Process worker = start("events:sentry-json,no-such-topic:sentry-json");
        try {
            assertThat(worker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(worker.exitValue()).isEqualTo(1);
            assertThat(log()).contains("Kafka has no topic no-such-topic; create what the producers write to");
        } finally {
            worker.destroyForcibly();
        }
    }

    @Test
    void shouldSayWhatToDoWhenThePartitionsOfTheShuffleChange() throws Exception {
        kafka.createTopic("changed-by-trace-repartition", 3, Map.of());
        Process worker = start("events:sentry-json", "application.id=changed");
        try {
            assertThat(worker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(worker.exitValue()).isEqualTo(1);
            assertThat(log())
                    .contains(
                            "shuffle.partitions is 1, but the topic changed-by-trace-repartition has 3 partitions",
                            "Set shuffle.partitions=3; or set another application.id");
        } finally {
            worker.destroyForcibly();
        }
    }

    private Process start(String events, String... more) throws IOException {
        Path settings = Files.writeString(folder.resolve("worker.properties"), """
                kafka.bootstrap.servers=%s
                kafka.commit.interval.ms=100
                schema.registry.url=mock://run
                events.topics=%s
                state.dir=%s
                shuffle.partitions=1
                topics.partitions=1
                topics.replication=1
                clickhouse.url=%s
                clickhouse.compress=false
                %s
                """.formatted(
                kafka.bootstrapServers(), events, folder.resolve("state"), server.httpUrl(), String.join("\n", more)));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Main.class.getName(),
                        "run",
                        "--config",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private List<LinkRow> awaitLinks(Process worker) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<LinkRow> links = new ArrayList<>();
        while (links.isEmpty() && worker.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(200);
            new LinkReader(clickHouse()).forEach(links::add);
        }
        assertThat(links).as(log()).isNotEmpty();
        return links;
    }

    /** Lives have a sink of their own, which may be later than that of the links. */
    private void awaitRow(Process worker, String sql) throws InterruptedException, IOException, SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean found = false;
        while (!found && worker.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(200);
            try (Connection connection = clickHouse().connect();
                    Statement query = connection.createStatement();
                    ResultSet result = query.executeQuery(sql.replace("FROM ", "FROM `default`."))) {
                found = result.next();
            }
        }
        assertThat(found).as(log()).isTrue();
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
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
