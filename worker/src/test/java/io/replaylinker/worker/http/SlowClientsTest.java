package io.replaylinker.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Clients that hold on to what they have. */
class SlowClientsTest {

    private static final Duration ASK_WITHIN = Duration.ofMillis(400);
    private static final Duration WHOLE = Duration.ofMillis(1_500);
    private static final int CONNECTIONS = 6;
    private static final int LARGE = 64 << 20;

    @Test
    void shouldAnswerOthersWhileClientsNeverFinishTheirRequests() throws Exception {
        try (HttpServer server = server()) {
            List<RawClient> slow = new ArrayList<>();
            for (int i = 0; i < 3 * CONNECTIONS; i++) {
                slow.add(new RawClient(server.port()));
                slow.get(i).send("GET /livez HTTP/1.1\r\nX-Slow: ");
            }

            assertThat(RawClient.request(server.port(), "GET", "/livez")).startsWith("HTTP/1.1 200");

            for (RawClient client : slow) {
                client.close();
            }
        }
    }

    @Test
    void shouldEndAClientThatSendsAByteNowAndThen() throws Exception {
        try (HttpServer server = server();
                RawClient client = new RawClient(server.port())) {
            client.send("GET /livez HTTP/1.1\r\nX-Slow: ");
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            boolean ended = false;
            while (!ended && System.nanoTime() < deadline) {
                ended = !sends(client);
            }

            assertThat(ended).isTrue();
        }
    }

    @Test
    void shouldEndAClientThatReadsNothing() throws Exception {
        try (HttpServer server = server();
                RawClient client = new RawClient(server.port())) {
            client.send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
            // The server gives up by itself, while nobody reads; only then it is asked for how much there was.
            Thread.sleep(2 * WHOLE.toMillis());

            assertThat(client.rest().length()).isLessThan(LARGE);
            assertThat(RawClient.request(server.port(), "GET", "/livez")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void shouldAnswerProbesWhileOtherAnswersTakeLong() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (HttpServer server = HttpServer.builder("127.0.0.1", 0)
                .open("/livez", request -> RouteResponse.text(200, "alive"))
                .get("/slow", request -> {
                    release.await();
                    return RouteResponse.text(200, "at last");
                })
                .start()) {
            List<RawClient> waiting = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                waiting.add(new RawClient(server.port()));
                waiting.get(i).send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }

            assertThat(RawClient.request(server.port(), "GET", "/livez")).startsWith("HTTP/1.1 200");

            release.countDown();
            List<String> answers = new ArrayList<>();
            for (RawClient client : waiting) {
                answers.add(client.rest().substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
                client.close();
            }
            assertThat(answers).contains("200", "503").containsOnly("200", "503");
        }
    }

    @Test
    void shouldHoldOnlySoManyConnections() throws Exception {
        Duration longTime = Duration.ofSeconds(20);
        try (HttpServer server =
                routes().limits(longTime, longTime, CONNECTIONS).start()) {
            List<RawClient> held = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                held.add(new RawClient(server.port()));
                held.get(i).send("GET ");
            }
            try (RawClient oneMore = new RawClient(server.port())) {
                oneMore.send("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(oneMore.isAnsweredWithin(Duration.ofMillis(300))).isFalse();
                held.get(0).close();
                assertThat(oneMore.rest()).startsWith("HTTP/1.1 200");
            }
            for (RawClient client : held) {
                client.close();
            }
        }
    }

    private static boolean sends(RawClient client) throws IOException, InterruptedException {
        try {
            client.send("a");
            Thread.sleep(50);
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    private static HttpServer server() {
        return routes().limits(ASK_WITHIN, WHOLE, CONNECTIONS).start();
    }

    private static HttpServer.Builder routes() {
        return HttpServer.builder("127.0.0.1", 0)
                .open("/livez", request -> RouteResponse.text(200, "alive"))
                .get("/large", request -> new RouteResponse(200, "application/octet-stream", new byte[LARGE]));
    }
}
