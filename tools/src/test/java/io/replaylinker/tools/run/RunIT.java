package io.replaylinker.tools.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.testkit.DocumentedBlock;
import io.replaylinker.tools.Installation;
import io.replaylinker.tools.SentryMessages;
import io.replaylinker.tools.WorkerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deployed worker as its own process, between a real Kafka and a real ClickHouse. */
class RunIT {

    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String EVENT = "1102497293404247906e36789ab85c79";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    private static final String TOKEN = "run-it";
    private static final Pattern PAGE = Pattern.compile("Status page: (http\\S+/)");
    private static final Installation INSTALLATION = Installation.start();

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterAll
    static void stop() {
        INSTALLATION.close();
    }

    @Test
    void shouldTurnMessagesIntoALinkAnswerAssistantsAndEndWellWhenAsked() throws Exception {
        Map<String, String> settings =
                Map.of("threads", "2", "mcp.enabled", "true", "mcp.organization", "1", "http.token", TOKEN);
        try (WorkerProcess worker = WorkerProcess.start(
                folder, INSTALLATION.settings(folder, settings), Map.of("REPLAY_LINKER_LOG_FORMAT", "json"))) {
            INSTALLATION.produce(Installation.REPLAYS, SentryMessages.segment(REPLAY));
            INSTALLATION.produce(Installation.EVENTS, SentryMessages.eventOfReplay(EVENT, REPLAY));

            Installation.await("there is a link", () -> !INSTALLATION.links().isEmpty(), worker);

            assertThat(INSTALLATION.links()).singleElement().satisfies(link -> {
                assertThat(link.eventId()).isEqualTo(EVENT);
                assertThat(link.replayId()).isEqualTo(REPLAY);
                assertThat(link.method()).isEqualTo("replay_id");
            });
            // The organization of the replay's project is unknown, so its state is a row of its own. States have a sink
            // of their own, which may be later than that of the links.
            Installation.await(
                    "there is a state of the replay",
                    () -> !INSTALLATION
                            .query("SELECT replay_id FROM default.replays GROUP BY replay_id"
                                    + " HAVING max(last_segment_id) = 0 AND max(kinds) = 1")
                            .isEmpty(),
                    worker);
            answersAssistants(page(worker));
            assertThat(worker.stop(Installation.TIMEOUT)).as(worker.log()).isZero();
            DocumentedBlock.of(
                            "docs/commands.md",
                            "{\"timestamp\":1791190890512,\"level\":\"INFO\",\"threadName\":\"main\",\"loggerName\":\"io.replaylinker.worker.lifecycle.Worker\",\"mdc\": {},\"formattedMessage\":\"Started with the roles [join, sink]; application id replay-linker, 2 threads\",\"throwable\":null}")
                    .shows(worker.log()
                            .lines()
                            .filter(line -> line.contains("Started with the roles"))
                            .collect(Collectors.joining("\n"))
                            .replaceFirst("\"timestamp\":\\d+", "\"timestamp\":1791190890512"));
        }
    }

    private void answersAssistants(URI page) throws Exception {
        assertThat(
                        said(
                                page,
                                "initialize",
                                "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"it\",\"version\":\"1\"}}"))
                .contains("\"protocolVersion\":\"2025-06-18\"", "\"name\":\"replay-linker\"");
        assertThat(said(page, "tools/list", "{}")).contains("\"find_replays\"", "\"get_trace\"");
        assertThat(said(
                        page,
                        "tools/call",
                        "{\"name\":\"find_replays\",\"arguments\":{\"event\":\"" + EVENT.substring(0, 8) + "\"}}"))
                .contains("\"isError\":false", "\"status\":\"found\"", REPLAY);

        assertThat(ask(page, PING, "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(ask(page, PING, "Authorization", "Bearer another").statusCode())
                .isEqualTo(401);
        assertThat(client.send(
                                HttpRequest.newBuilder(page.resolve("mcp"))
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(PING))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
        assertThat(statusForHost(page, "evil.example")).contains(" 421 ");
        assertThat(statusForHost(page, "localhost")).contains(" 200 ");
    }

    @Test
    void shouldAnswerNoAssistantsUnlessTheToolsAreEnabled() throws Exception {
        Map<String, String> settings = Map.of("roles", "sink", "application.id", "no-tools", "http.token", TOKEN);
        try (WorkerProcess worker = INSTALLATION.worker(folder, settings)) {
            assertThat(ask(page(worker), PING).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldRefuseToStartWhenASourceIsMissing() throws Exception {
        try (WorkerProcess worker =
                INSTALLATION.worker(folder, Map.of("events.topics", "events:sentry-json,no-such-topic:sentry-json"))) {
            assertThat(worker.awaitEnd(Installation.TIMEOUT)).isEqualTo(1);
            assertThat(worker.log()).contains("Kafka has no topic no-such-topic; create the topics of the producers");
        }
    }

    @Test
    void shouldReportWhatToDoWhenThePartitionsOfTheShuffleChange() throws Exception {
        INSTALLATION.kafka().createTopic("changed-by-trace", 3, Map.of());
        try (WorkerProcess worker = INSTALLATION.worker(folder, Map.of("application.id", "changed"))) {
            assertThat(worker.awaitEnd(Installation.TIMEOUT)).isEqualTo(1);
            String why = worker.log()
                    .lines()
                    .filter(line -> line.contains("shuffle.partitions is 1"))
                    .findFirst()
                    .orElseThrow();
            DocumentedBlock shown = DocumentedBlock.of(
                    "docs/operations.md",
                    "shuffle.partitions is 8, but the topic replay-linker-by-trace has 4 partitions, and the state is divided as it is. Set");
            assertThat(why)
                    .endsWith(String.join(" ", shown.lines())
                            .replace("is 8", "is 1")
                            .replace("4 partitions", "3 partitions")
                            .replace("partitions=4", "partitions=3")
                            .replace("replay-linker-by-trace", "changed-by-trace"));
        }
    }

    /** The address of the worker's page, as its log has it. */
    private static URI page(WorkerProcess worker) throws IOException {
        Installation.await("there is a page", () -> PAGE.matcher(logged(worker)).find(), worker);
        Matcher page = PAGE.matcher(logged(worker));
        assertThat(page.find()).isTrue();
        return URI.create(page.group(1));
    }

    /** The log, with slashes as they are: as JSON it has them escaped. */
    private static String logged(WorkerProcess worker) {
        try {
            return worker.log().replace("\\/", "/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String said(URI page, String method, String params) throws IOException, InterruptedException {
        HttpResponse<String> response =
                ask(page, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    /** @param more names and values of headers, over those of a client that may ask */
    private HttpResponse<String> ask(URI page, String message, String... more)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(page.resolve("mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.ofString(message));
        for (int i = 0; i < more.length; i += 2) {
            request.setHeader(more[i], more[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** The status line of the answer to a ping. Java's client sets the name of the host itself. */
    private static String statusForHost(URI page, String host) throws IOException {
        try (Socket socket = new Socket(page.getHost(), page.getPort())) {
            String request = "POST /mcp HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + TOKEN
                    + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + PING.length()
                    + "\r\n\r\n" + PING;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return String.valueOf(answer.readLine());
        }
    }
}
