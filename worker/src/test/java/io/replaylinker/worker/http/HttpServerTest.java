package io.replaylinker.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.runtime.cli.CommandFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {

    private HttpServer server = HttpServer.builder("127.0.0.1", 0)
            .open("/livez", request -> RouteResponse.text(200, "alive\n"))
            .get(
                    "/echo",
                    request -> RouteResponse.text(200, request.parameter("q").orElse("nothing")))
            .get("/broken", request -> {
                throw new IllegalStateException("a secret detail");
            })
            .start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldAnswerWithTheHeadersThatProtectAPage() throws IOException {
        assertThat(get("/livez"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("Content-Type: text/plain;charset=utf-8")
                .containsIgnoringCase("Content-Length: 6")
                .containsIgnoringCase("Connection: close")
                .contains("default-src 'self'", "frame-ancestors 'none'", "nosniff", "no-referrer", "no-store")
                .doesNotContainIgnoringCase("jetty")
                .endsWith("\r\n\r\nalive\n");
    }

    @Test
    void shouldAnswerHeadWithoutABody() throws IOException {
        assertThat(RawClient.request(server.port(), "HEAD", "/livez"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("Content-Length: 6")
                .endsWith("\r\n\r\n");
    }

    @Test
    void shouldDecodeParameters() throws IOException {
        assertThat(get("/echo?q=%3Cb%3E+%C3%A9&q=second&&=&x")).endsWith("<b> \u00c3\u00a9");
        assertThat(get("/echo?q=+")).endsWith("nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo?q=%zz", "/echo?q=%"})
    void shouldRefuseAQueryThatIsNone(String path) throws IOException {
        assertThat(get(path)).startsWith("HTTP/1.1 400").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/livez/",
                "//livez",
                "/LIVEZ",
                "/../livez",
                "/x/../livez",
                "/x/%2e%2e/livez",
                "/%6civez",
                "/livez%00",
                "/livez%2f",
                "/livez;x=1",
                "/livez%5c..%5c",
                "/../../../../etc/passwd",
                "/%c0%ae%c0%ae/etc/passwd",
                "/livez\\x",
                "/\u00ff"
            })
    void shouldKnowItsOwnPathsOnly(String path) throws IOException {
        assertThat(get(path)).matches("(?s)HTTP/1.1 40[04] .*").doesNotContain("alive", "root:", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "FROBNICATE"})
    void shouldAnswerQuestionsOnly(String method) throws IOException {
        assertThat(RawClient.request(server.port(), method, "/livez", "X-Probe: mirrored"))
                .matches("(?s)HTTP/1.1 (400|405) .*")
                .doesNotContain("alive", "mirrored");
    }

    @Test
    void shouldReportWhichMethodsThereAre() throws IOException {
        assertThat(RawClient.request(server.port(), "DELETE", "/livez"))
                .startsWith("HTTP/1.1 405")
                .containsIgnoringCase("Allow: GET, HEAD");
    }

    @Test
    void shouldRefuseBodies() throws IOException {
        assertThat(RawClient.request(server.port(), "GET", "/livez", "Content-Length: 5"))
                .startsWith("HTTP/1.1 413");
        assertThat(RawClient.request(server.port(), "GET", "/livez", "Transfer-Encoding: chunked"))
                .startsWith("HTTP/1.1 413");
        assertThat(RawClient.request(server.port(), "GET", "/livez", "Content-Length: 5", "Transfer-Encoding: chunked"))
                .matches("(?s)HTTP/1.1 4.*");
    }

    @Test
    void shouldRefuseWhatIsTooLong() throws IOException {
        assertThat(get("/echo?q=" + "a".repeat(100_000))).startsWith("HTTP/1.1 414");
        assertThat(RawClient.request(server.port(), "GET", "/livez", "X-Large: " + "a".repeat(100_000)))
                .startsWith("HTTP/1.1 431");
        String[] many = new String[5_000];
        Arrays.setAll(many, i -> "X-" + i + ": a");
        assertThat(RawClient.request(server.port(), "GET", "/livez", many)).startsWith("HTTP/1.1 431");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n\r\n",
                "GET\r\n\r\n",
                "GET /livez HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET /livez HTTP/1.1\r\n\r\n",
                "GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere\r\n\r\n",
                "GET /livez HTTP/1.1\r\nHost: localhost\r\n folded: header\r\n\r\n",
                "GET /livez HTTP/1.1\r\nHost : localhost\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000 this is TLS"
            })
    void shouldSurviveWhatIsNoHttp(String text) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send(text);
            assertThat(client.rest()).doesNotContain("alive", "Exception");
        }
        assertThat(get("/livez")).startsWith("HTTP/1.1 200");
    }

    @Test
    void shouldAnswerOnlyUnderItsOwnNameOnLoopback() throws IOException {
        assertThat(RawClient.exchange(server.port(), "GET /livez HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(RawClient.exchange(
                        server.port(), "GET http://evil.example/livez HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(RawClient.exchange(server.port(), "GET /livez HTTP/1.1\r\nHost: 127.0.0.1:9999\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(RawClient.exchange(server.port(), "GET /livez HTTP/1.1\r\nHost: [::1]\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void shouldAnswerUnderAnyNameWhenOpenToTheNetwork() throws IOException {
        try (HttpServer open = HttpServer.builder("0.0.0.0", 0)
                .open("/livez", request -> RouteResponse.text(200, "alive"))
                .start()) {
            assertThat(RawClient.exchange(open.port(), "GET /livez HTTP/1.1\r\nHost: 10.1.2.3:8080\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void shouldAskForTheTokenEverywhereButAtTheProbes() throws IOException {
        String basic = Base64.getEncoder().encodeToString("anybody:s3cret".getBytes(StandardCharsets.UTF_8));
        try (HttpServer guarded = HttpServer.builder("127.0.0.1", 0)
                .token("s3cret")
                .open("/livez", request -> RouteResponse.text(200, "alive"))
                .get("/metrics", request -> RouteResponse.text(200, "figures"))
                .start()) {
            int port = guarded.port();
            assertThat(RawClient.request(port, "GET", "/livez")).startsWith("HTTP/1.1 200");
            assertThat(RawClient.request(port, "GET", "/metrics"))
                    .startsWith("HTTP/1.1 401")
                    .contains("Basic realm=")
                    .doesNotContain("figures", "s3cret");
            assertThat(RawClient.request(port, "GET", "/no-such-path")).startsWith("HTTP/1.1 401");
            for (String wrong :
                    new String[] {"Bearer ", "Bearer s3cre", "Bearer s3crets", "s3cret", "Basic s3cret", "Basic !"}) {
                assertThat(RawClient.request(port, "GET", "/metrics", "Authorization: " + wrong))
                        .as(wrong)
                        .startsWith("HTTP/1.1 401");
            }
            assertThat(RawClient.request(port, "GET", "/metrics", "Authorization: Bearer s3cret"))
                    .endsWith("figures");
            assertThat(RawClient.request(port, "GET", "/metrics", "authorization: bearer s3cret"))
                    .endsWith("figures");
            assertThat(RawClient.request(port, "GET", "/metrics", "Authorization: Basic " + basic))
                    .endsWith("figures");
        }
    }

    @Test
    void shouldNotRevealWhatBroke() throws IOException {
        assertThat(get("/broken")).startsWith("HTTP/1.1 500").doesNotContain("secret detail", "Exception");
    }

    @Test
    void shouldReportWhatToDoWhenThePortIsInUse() {
        assertThatThrownBy(() -> HttpServer.builder("127.0.0.1", server.port()).start())
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContainingAll(
                        "cannot listen on 127.0.0.1:" + server.port(), "Address already in use", "set http.port");
    }

    @Test
    void shouldReportWhatToDoWhenTheInterfaceIsNotThere() {
        assertThatThrownBy(() -> HttpServer.builder("192.0.2.1", 0).start())
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("http.bind");
        assertThatThrownBy(() -> HttpServer.builder("no such host", 0).start())
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("http.bind: no address of this machine is named no such host");
    }

    @Test
    void shouldGiveEachPathToOneRoute() {
        HttpServer.Builder builder =
                HttpServer.builder("127.0.0.1", 0).get("/a", request -> RouteResponse.text(200, "a"));
        assertThatThrownBy(() -> builder.get("/a", request -> RouteResponse.text(200, "b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String get(String path) throws IOException {
        return RawClient.request(server.port(), "GET", path);
    }
}
