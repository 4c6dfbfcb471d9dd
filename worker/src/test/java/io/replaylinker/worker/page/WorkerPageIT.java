package io.replaylinker.worker.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.worker.http.HttpServer;
import io.replaylinker.worker.lifecycle.Worker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The page of a worker with a join and without ClickHouse, from before its start to after its end. */
class WorkerPageIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String EVENT = "1102497293404247906e36789ab85c79";
    private static final String WHY = "api/why?q=11024972";
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    @Test
    void shouldExplainAnEventThatWaits() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            List.of("events", "ingest-replay-events").forEach(topic -> kafka.createTopic(topic, 1, Map.of()));
            Settings settings = settings(kafka);
            try (WorkerPage page = new WorkerPage(
                            PageSettings.of(settings),
                            new KafkaProperties(settings),
                            null,
                            meters,
                            List::of,
                            reader -> Map.of());
                    HttpServer http = serve(page)) {
                assertThat(get(http, WHY)).contains("\"problem\" : \"the worker is starting\"");
                try (Worker worker = Worker.start(settings, meters)) {
                    page.watch(worker);
                    produce(kafka);

                    assertThat(await(http, WHY, answer -> answer.contains("carries replay")))
                            .contains(
                                    "Event " + EVENT + " of project 22",
                                    "seen of the replay: nothing",
                                    "no link: REPLAY_NOT_SEEN",
                                    "\"reason\" : \"REPLAY_NOT_SEEN\"");
                    assertThat(await(http, "api/status", answer -> answer.contains("\"total\" : 1")))
                            .containsSubsequence("\"group\" : \"claims\"", "\"label\" : \"replay_id\"");
                    assertThat(get(http, "api/why?q=ffffffff")).contains("\"explanations\" : [ ]");
                }
                assertThat(get(http, WHY)).contains("\"problem\" : \"it is starting or ending");
            }
        }
    }

    private Settings settings(EmbeddedKafka kafka) {
        return SettingsReader.of(Map.of(
                "roles", "join",
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "kafka.commit.interval.ms", "100",
                "schema.registry.url", "mock://worker-page",
                "events.topics", "events:sentry-json",
                "shuffle.partitions", "1",
                "topics.partitions", "1",
                "topics.replication", "1",
                "clickhouse.url", "http://127.0.0.1:1"));
    }

    private static HttpServer serve(WorkerPage page) {
        HttpServer.Builder server = HttpServer.builder("127.0.0.1", 0);
        page.addTo(server);
        return server.start();
    }

    private static String await(HttpServer http, String path, Predicate<String> enough)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        String answer = get(http, path);
        while (!enough.test(answer) && System.nanoTime() < deadline) {
            Thread.sleep(200);
            answer = get(http, path);
        }
        return answer;
    }

    private static String get(HttpServer http, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(http.url() + path)).build();
        return BROWSER.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static void produce(EmbeddedKafka kafka) throws Exception {
        long now = Instant.now().getEpochSecond();
        String event = """
                [2,"insert",{"event_id":"%s","organization_id":1,"project_id":22,"platform":"node","data":{"type":"error",\
                "level":"error","timestamp":%d,"received":%d,"contexts":{"replay":{"replay_id":"80febf0fc6694c97a19f6d0dcb535556"}}}},{}]""".formatted(EVENT, now - 1, now);
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Producer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("events", event)).get();
        }
    }
}
