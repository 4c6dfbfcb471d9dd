package io.replaylinker.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that hold on to what they have. In each test one limit is short, and nothing else ends a connection. */
class SlowClientsTest {

    private static final Duration SOON = Duration.ofMillis(400);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final int CONNECTIONS = 6;
    private static final int ANSWERS_AT_ONCE = 8;
    private static final int LARGE = 64 << 20;

    @Test
    void shouldAnswerOthersWhileClientsNeverFinishTheirRequests() throws Exception {
        try (HttpServer server = server(SOON, NEVER, CONNECTIONS)) {
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
        try (HttpServer server = server(SOON, NEVER, CONNECTIONS);
                RawClient client = new RawClient(server.port())) {
            client.send("GET /livez HTTP/1.1\r\nX-Slow: ");

            assertThat(client.sendsUntilEnded()).isTrue();

            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void shouldEndAClientThatReadsNothing() throws Exception {
        try (HttpServer server = server(NEVER, SOON, CONNECTIONS);
                RawClient client = new RawClient(server.port())) {
            client.send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(client.sendsUntilEnded()).isTrue();

            assertThat(client.rest().length()).isLessThan(LARGE);
            assertThat(RawClient.request(server.port(), "GET", "/livez")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void shouldAnswerProbesWhileOtherAnswersTakeLong() throws Exception {
        CountDownLatch received = new CountDownLatch(ANSWERS_AT_ONCE);
        CountDownLatch release = new CountDownLatch(1);
        try (HttpServer server = HttpServer.builder("127.0.0.1", 0)
                .open("/livez", request -> RouteResponse.text(200, "alive"))
                .get("/slow", request -> {
                    received.countDown();
                    release.await();
                    return RouteResponse.text(200, "at last");
                })
                .start()) {
            List<RawClient> waiting = new ArrayList<>();
            for (int i = 0; i < ANSWERS_AT_ONCE; i++) {
                waiting.add(new RawClient(server.port()));
                waiting.get(i).send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            assertThat(received.await(20, TimeUnit.SECONDS)).isTrue();

            for (int i = 0; i < 4 * ANSWERS_AT_ONCE; i++) {
                assertThat(RawClient.request(server.port(), "GET", "/slow")).startsWith("HTTP/1.1 503");
            }
            assertThat(RawClient.request(server.port(), "GET", "/livez")).startsWith("HTTP/1.1 200");

            release.countDown();
            for (RawClient client : waiting) {
                assertThat(client.rest()).startsWith("HTTP/1.1 200");
                client.close();
            }
        }
    }

    /** A server that holds one connection more tells how long an answer takes here. */
    @Test
    void shouldHoldOnlySoManyConnections() throws Exception {
        try (HttpServer server = server(NEVER, NEVER, CONNECTIONS);
                HttpServer larger = server(NEVER, NEVER, CONNECTIONS + 1)) {
            List<RawClient> held = new ArrayList<>();
            for (HttpServer one : List.of(server, larger)) {
                for (int i = 0; i < CONNECTIONS; i++) {
                    RawClient client = new RawClient(one.port());
                    client.send("GET ");
                    held.add(client);
                }
            }
            try (RawClient oneMore = new RawClient(server.port())) {
                oneMore.send("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(RawClient.request(larger.port(), "GET", "/livez")).startsWith("HTTP/1.1 200");
                assertThat(oneMore.isAnswered()).isFalse();
                held.get(0).close();
                assertThat(oneMore.rest()).startsWith("HTTP/1.1 200");
            }
            for (RawClient client : held) {
                client.close();
            }
        }
    }

    private static HttpServer server(Duration requestTimeout, Duration whole, int connections) {
        return HttpServer.builder("127.0.0.1", 0)
                .open("/livez", request -> RouteResponse.text(200, "alive"))
                .get("/large", request -> new RouteResponse(200, "application/octet-stream", new byte[LARGE]))
                .limits(requestTimeout, whole, connections)
                .idle(NEVER)
                .start();
    }
}
