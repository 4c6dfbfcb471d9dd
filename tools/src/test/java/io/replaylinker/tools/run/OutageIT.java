package io.replaylinker.tools.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.tools.Installation;
import io.replaylinker.tools.SentryMessages;
import io.replaylinker.tools.WorkerProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts, stops, and an outage of Kafka as an operator sees them: in probes, metrics and the log of a worker process. */
class OutageIT {

    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String EVENT = "1102497293404247906e36789ab85c79";
    private static final Pattern PAGE = Pattern.compile("Status page: (http://\\S+?)[;\\s]");
    private static final int SIGTERM = 143;

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void shouldReportAnOutageOfKafkaWithinThirtySeconds() throws Exception {
        try (Installation installation = Installation.start();
                WorkerProcess worker = installation.worker(folder, Map.of())) {
            installation.produce(Installation.REPLAYS, SentryMessages.segment(REPLAY));
            installation.produce(Installation.EVENTS, SentryMessages.eventOfReplay(EVENT, REPLAY));
            Installation.await("a link", () -> !installation.links().isEmpty(), worker);
            Installation.await("ready", () -> status(worker, "readyz") == 200, worker);
            Installation.await("first link in the log", () -> log(worker).contains("First link"), worker);
            assertThat(worker.log().lines().count()).as(worker.log()).isLessThanOrEqualTo(30);

            installation.kafka().close();
            long lostAt = System.nanoTime();
            Installation.await("not ready", () -> status(worker, "readyz") == 503, worker);
            assertThat(Duration.ofNanos(System.nanoTime() - lostAt)).isLessThan(Duration.ofSeconds(30));
            assertThat(body(worker, "readyz"))
                    .contains("failing  kafka: Kafka at " + installation.kafka().bootstrapServers());
            assertThat(status(worker, "livez")).isEqualTo(200);
            Installation.await(
                    "an unknown lag",
                    () -> body(worker, "metrics")
                            .contains("replay_linker_lag_records{reader=\"join\",topic=\"events\"} NaN"),
                    worker);
            assertThat(body(worker, "metrics")).contains("replay_linker_kafka_connected 0.0");
            assertThat(body(worker, "api/status"))
                    .containsPattern("\"name\" : \"kafka\",\\s+\"state\" : \"bad\"")
                    .containsPattern("\"topic\" : \"events\",\\s+\"records\" : null");

            int before = worker.log().length();
            LockSupport.parkNanos(Duration.ofSeconds(20).toNanos());
            // A megabyte an hour is less than six kilobytes in this time.
            assertThat(worker.log().length() - before).as(worker.log()).isLessThan(5_800);
        }
    }

    @Test
    void shouldEndSoonWhenAskedWhileItWaitsForKafka() throws Exception {
        int port = freePort();
        Map<String, String> settings = Map.of(
                "kafka.bootstrap.servers",
                "127.0.0.1:" + port,
                "schema.registry.url",
                "mock://outage",
                "clickhouse.url",
                "http://127.0.0.1:" + port,
                "http.port",
                "0");
        try (WorkerProcess worker = WorkerProcess.start(folder, WorkerProcess.text(settings))) {
            Installation.await("it starts", () -> log(worker).contains("Settings that differ"), worker);

            assertThat(worker.stop(Duration.ofSeconds(5))).as(worker.log()).isEqualTo(SIGTERM);
        }
    }

    @Test
    void shouldJoinSoonAfterARestart() throws Exception {
        try (Installation installation = Installation.start()) {
            try (WorkerProcess worker = installation.worker(folder, Map.of())) {
                Installation.await("ready", () -> status(worker, "readyz") == 200, worker);
                assertThat(worker.stop(Installation.TIMEOUT)).as(worker.log()).isZero();
            }
            try (WorkerProcess worker = installation.worker(folder, Map.of())) {
                Installation.await("it is started", () -> log(worker).contains("Started with the roles"), worker);
                long startedAt = System.nanoTime();
                Installation.await("ready again", () -> status(worker, "readyz") == 200, worker);
                // Without a clean end the group waits for the former member until its session ends, 45 s.
                assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(10));
            }
        }
    }

    @Test
    void shouldPassTheCheckBesideARunningWorkerAndRefuseASecondOneOnItsPort() throws Exception {
        Map<String, String> port = Map.of("http.port", Integer.toString(freePort()));
        try (Installation installation = Installation.start();
                WorkerProcess worker = installation.worker(folder, port)) {
            Installation.await("ready", () -> status(worker, "readyz") == 200, worker);
            String settings = WorkerProcess.text(installation.settings(folder, port));

            try (WorkerProcess check = WorkerProcess.start(folder.resolve("check"), settings, "check")) {
                assertThat(check.awaitEnd(Installation.TIMEOUT)).as(check.log()).isZero();
                assertThat(check.log()).contains("is used by a running worker");
            }
            try (WorkerProcess second = WorkerProcess.start(folder.resolve("second"), settings)) {
                assertThat(second.awaitEnd(Installation.TIMEOUT))
                        .as(second.log())
                        .isNotZero();
                assertThat(second.log().lines()).hasSize(1);
                assertThat(second.log()).contains(port.get("http.port"));
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private int status(WorkerProcess worker, String path) {
        HttpResponse<String> answer = get(worker, path);
        return answer == null ? -1 : answer.statusCode();
    }

    private String body(WorkerProcess worker, String path) {
        HttpResponse<String> answer = get(worker, path);
        return answer == null ? "" : answer.body();
    }

    /** Null before the worker listens. */
    private @Nullable HttpResponse<String> get(WorkerProcess worker, String path) {
        Matcher page = PAGE.matcher(log(worker));
        if (!page.find()) {
            return null;
        }
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(page.group(1)).resolve("/" + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String log(WorkerProcess worker) {
        try {
            return worker.log();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
