package io.replaylinker.tools.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.replaylinker.testkit.EmbeddedRegistry;
import io.replaylinker.tools.Installation;
import io.replaylinker.tools.SentryMessages;
import io.replaylinker.tools.WorkerProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in {@code examples/consumers}, on what a worker publishes: two links, of which one is retracted. */
class ExampleConsumersIT {

    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String EVENT = "1102497293404247906e36789ab85c79";
    private static final String DELETED = "2202497293404247906e36789ab85c79";
    private static final String TOPIC = "replay-links";
    private static final Path EXAMPLES =
            Path.of("../examples/consumers").toAbsolutePath().normalize();

    private static final Installation INSTALLATION = Installation.start();
    private static final EmbeddedRegistry REGISTRY = EmbeddedRegistry.start();

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void publish() throws Exception {
        Map<String, String> settings = INSTALLATION.settings(
                folder.resolve("join"), Map.of("roles", "join", "schema.registry.url", REGISTRY.url()));
        try (WorkerProcess worker = INSTALLATION.worker(folder.resolve("join"), settings)) {
            INSTALLATION.produce(Installation.REPLAYS, SentryMessages.segment(REPLAY));
            INSTALLATION.produce(
                    Installation.EVENTS,
                    SentryMessages.eventOfReplay(EVENT, REPLAY),
                    SentryMessages.eventOfReplay(DELETED, REPLAY));
            Installation.await("there are links", () -> INSTALLATION.count(TOPIC) >= 2, worker);
            INSTALLATION.produce(Installation.EVENTS, SentryMessages.deleted(DELETED));
            Installation.await("one is retracted", () -> INSTALLATION.count(TOPIC) >= 3, worker);
            assertThat(worker.stop(Installation.TIMEOUT)).as(worker.log()).isZero();
        }
    }

    @AfterAll
    static void stop() {
        REGISTRY.close();
        INSTALLATION.close();
    }

    @Test
    void shouldPrintLinksInJava() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        + File.pathSeparator
                        + Path.of("target/examples/confluent-serdes.jar").toAbsolutePath(),
                EXAMPLES.resolve("PrintLinks.java").toString(),
                INSTALLATION.kafka().bootstrapServers(),
                REGISTRY.url(),
                TOPIC,
                "--exit");

        assertLines(run("java", command));
    }

    @Test
    void shouldPrintLinksInPython() throws Exception {
        Optional<String> python = pythonWithItsModules();
        assumeTrue(
                python.isPresent(),
                "no python3 with the modules avro and confluent_kafka (Debian: python3-avro, python3-confluent-kafka)");

        assertLines(run(
                "python",
                List.of(
                        python.orElseThrow(),
                        EXAMPLES.resolve("print_links.py").toString(),
                        INSTALLATION.kafka().bootstrapServers(),
                        REGISTRY.url(),
                        "--exit")));
    }

    /** What a filter or a topic browser sees without the schema, and what it learns from the schema. */
    @Test
    void shouldShowIdsAndTimesToTopicBrowsers() throws Exception {
        List<Map<String, String>> headers = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records()) {
            Map<String, String> texts = new HashMap<>();
            record.headers().forEach(header -> texts.put(header.key(), new String(header.value(), UTF_8)));
            headers.add(texts);
            assertThat(record.key()).isEqualTo(HexFormat.of().parseHex(REPLAY));
        }

        assertThat(headers)
                .containsExactlyInAnyOrder(
                        Map.of("event_id", EVENT, "replay_id", REPLAY, "method", "REPLAY_ID"),
                        Map.of("event_id", DELETED, "replay_id", REPLAY, "method", "REPLAY_ID"),
                        Map.of("event_id", DELETED, "replay_id", REPLAY, "method", "REPLAY_ID"));
        assertThat(registered()).contains("timestamp-millis");
    }

    private static void assertLines(List<String> lines) {
        String event =
                "error %s of project 22 at 20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} UTC is [+]\\d+\\.\\d{3} s"
                        + " into replay " + REPLAY + ", by REPLAY_ID";
        assertThat(lines).hasSize(3);
        assertThat(lines)
                .filteredOn(line -> line.matches("linked    " + event.formatted(EVENT)))
                .hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.matches("linked    " + event.formatted(DELETED)))
                .hasSize(1);
        assertThat(lines.get(2)).matches("retracted " + event.formatted(DELETED));
    }

    /** The first one on the path may be another one than that of Debian's packages. */
    private static Optional<String> pythonWithItsModules() throws InterruptedException {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            if (hasModules(python)) {
                return Optional.of(python);
            }
        }
        return Optional.empty();
    }

    private static boolean hasModules(String python) throws InterruptedException {
        try {
            return new ProcessBuilder(python, "-c", "import avro.io, confluent_kafka")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static List<String> run(String name, List<String> command) throws IOException, InterruptedException {
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as(Files.readString(out) + Files.readString(err))
                .isTrue();
        return Files.readAllLines(out);
    }

    private static Collection<ConsumerRecord<byte[], byte[]>> records() {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", INSTALLATION.kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (records.size() < INSTALLATION.count(TOPIC)) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }

    private static String registered() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(REGISTRY.url() + "/subjects/" + TOPIC + "-value/versions/latest"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
