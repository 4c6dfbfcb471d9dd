package io.replaylinker.serdes.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.serdes.RegistryUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures of the way to the registry: none of them may look like a verdict on a record. */
class RegistryTransportIT {

    private static final String ANSWER = ScriptedRegistry.schemaAnswer("\"string\"");

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 408})
    void shouldTryAgainUntilTheRegistryAnswers(int status) {
        try (ScriptedRegistry server = ScriptedRegistry.statuses(ANSWER, status, status, 200)) {
            // When
            SchemaRegistry registry = open(server.url());

            // Then
            assertThat(registry.byId(1).getType().getName()).isEqualTo("string");
            assertThat(server.lines()).hasSize(3);
        }
    }

    @Test
    void shouldGiveUpAfterTheConfiguredRetries() {
        try (ScriptedRegistry server = ScriptedRegistry.statuses("", 503)) {
            // When / Then
            assertThatThrownBy(() -> open(server.url()).byId(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContainingAll("GET /schemas/ids/1", "in 3 tries", server.url() + ": HTTP 503");
            assertThat(server.lines()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>Welcome to nginx!</body></html>",
                "{\"schema\":\"\\\"str",
                "{\"schema\":\"\\\"string\\\"\"",
                "[1,2]",
                "{}",
                "{\"schema\":null}",
                "null"
            })
    void shouldTakeGarbageForAnOutage(String body) {
        try (ScriptedRegistry server = ScriptedRegistry.statuses(body, 200)) {
            // When / Then
            assertThatThrownBy(() -> open(server.url()).byId(1)).isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>404</html>", "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}"})
    void shouldTakeA404OfSomethingElseForAWrongAddress(String body) {
        try (ScriptedRegistry server = ScriptedRegistry.statuses(body, 404)) {
            // When / Then
            assertThatThrownBy(() -> open(server.url()).byId(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageStartingWith("The schema registry answered 404 at " + server.url() + "/schemas/ids/1: ")
                    .hasMessageEndingWith("is schema.registry.url the address of a registry?")
                    .hasMessageNotContaining("did not answer");
        }
    }

    @Test
    void shouldNameWhereAServerAnsweredThatIsNoRegistry() throws IOException {
        String dead = "http://127.0.0.1:" + closedPort();
        try (ScriptedRegistry other = ScriptedRegistry.statuses("<html>404</html>", 404);
                ScriptedRegistry moved = ScriptedRegistry.statuses("", 301)) {
            // When / Then
            assertThatThrownBy(() -> open(other.url()).verify())
                    .hasMessage("The schema registry answered 404 at " + other.url()
                            + "/schemas/types: is schema.registry.url the address of a registry?");
            assertThatThrownBy(() -> open(other.url()).register("links-value", Schema.create(Schema.Type.STRING)))
                    .hasMessageStartingWith(
                            "The schema registry answered 404 at " + other.url() + "/subjects/links-value/versions: ");
            assertThatThrownBy(() -> open(moved.url()).verify())
                    .hasMessage("The schema registry answered 301 at " + moved.url()
                            + "/schemas/types: this is a redirect; set schema.registry.url to where it leads");
            assertThatThrownBy(() -> open(dead + "," + other.url()).verify())
                    .hasMessageStartingWith("The schema registry did not answer GET /schemas/types in 3 tries: ")
                    .hasMessageContaining("; answered 404 at " + other.url() + "/schemas/types: ");
        }
    }

    @Test
    void shouldReadNoMoreThanASchemaCanBe() {
        String huge = "x".repeat(1 << 20);
        try (ScriptedRegistry server = ScriptedRegistry.of((exchange, request) -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 1024; i++) {
                exchange.getResponseBody().write(huge.getBytes(StandardCharsets.UTF_8));
            }
        })) {
            // When / Then
            assertThatThrownBy(() -> open(server.url()).byId(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("larger than");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotWaitForAnAnswerThatDoesNotEnd(boolean headersFirst) {
        CountDownLatch requested = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (ScriptedRegistry server = ScriptedRegistry.of((exchange, request) -> {
            if (headersFirst) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
            }
            requested.countDown();
            await(released);
        })) {
            // Given
            SchemaRegistry registry = open(server.url(), Map.of("http.read.timeout.ms", 200, "max.retries", 0));

            // When / Then
            assertThatThrownBy(() -> registry.byId(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("no full answer in 200 ms");
            assertThat(requested.getCount()).isZero();
            released.countDown();
        }
    }

    @Test
    void shouldAskTheNextNodeAndStayWithIt() throws IOException {
        String dead = "http://127.0.0.1:" + closedPort();
        try (ScriptedRegistry bad = ScriptedRegistry.statuses("<html/>", 200);
                ScriptedRegistry good = ScriptedRegistry.statuses(ANSWER, 200)) {
            // Given
            SchemaRegistry registry = open(String.join(",", dead, bad.url(), good.url()));

            // When
            registry.byId(1);
            registry.byId(2);

            // Then
            assertThat(bad.lines()).hasSize(1);
            assertThat(good.lines()).containsExactly("GET /schemas/ids/1", "GET /schemas/ids/2");
        }
    }

    @Test
    void shouldReportWhatIsWrongWithEachNode() throws IOException {
        String dead = "http://127.0.0.1:" + closedPort();
        try (ScriptedRegistry bad = ScriptedRegistry.statuses("", 500)) {
            // When / Then
            assertThatThrownBy(() -> open(dead + "," + bad.url()).byId(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContainingAll(dead + ": ConnectException", bad.url() + ": HTTP 500");
        }
    }

    @Test
    void shouldKeepThePathOfTheAddress() {
        try (ScriptedRegistry server = ScriptedRegistry.statuses(ANSWER, 200)) {
            // When
            open(server.url() + "/apis/ccompat/v7/").byId(1);

            // Then
            assertThat(server.lines()).containsExactly("GET /apis/ccompat/v7/schemas/ids/1");
        }
    }

    @Test
    void shouldVerifyAddressAndLogin() {
        try (ScriptedRegistry good = ScriptedRegistry.statuses("[\"AVRO\"]", 200);
                ScriptedRegistry bad = ScriptedRegistry.statuses("", 404)) {
            // When
            open(good.url()).verify();

            // Then
            assertThat(good.lines()).hasSize(1);
            assertThatThrownBy(() -> open(bad.url()).verify()).isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void shouldStopWaitingWhenInterrupted() {
        try (ScriptedRegistry server = ScriptedRegistry.statuses("", 503)) {
            // Given
            SchemaRegistry registry = open(server.url());
            Thread.currentThread().interrupt();

            // When / Then
            assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(RegistryUnavailableException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static SchemaRegistry open(String url) {
        return open(url, Map.of());
    }

    private static SchemaRegistry open(String url, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "schema.registry.url", List.of(url.split(",", -1)),
                "retries.wait.ms", 1,
                "retries.max.wait.ms", 5,
                "max.retries", 2));
        settings.putAll(more);
        return SchemaRegistry.open(RegistrySettings.of(settings));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody released the server");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
