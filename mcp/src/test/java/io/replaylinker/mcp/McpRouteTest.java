package io.replaylinker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.worker.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McpRouteTest {

    private static final String TOKEN = "a-secret";
    private static final String PING = Endpoints.request("ping", "{}");

    private final Endpoint endpoint = Endpoints.withoutTables();
    private final HttpServer server = HttpServer.builder("127.0.0.1", 0)
            .token(TOKEN)
            .post("/mcp", Endpoint.LONGEST_MESSAGE, new McpRoute(endpoint))
            .start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
        endpoint.close();
    }

    @Test
    void shouldAnswerARequestWithJson() throws Exception {
        HttpResponse<String> response = post(PING);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).contains("\"id\":7", "\"result\"");
    }

    @Test
    void shouldAcceptANotification() throws Exception {
        HttpResponse<String> response = post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoMessage() throws Exception {
        assertThat(post("nonsense").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseALongMessage() throws Exception {
        assertThat(post(" ".repeat(Endpoint.LONGEST_MESSAGE + 1)).statusCode()).isEqualTo(413);
        assertThat(send(request(PING)
                                .POST(BodyPublishers.fromPublisher(
                                        BodyPublishers.ofString(" ".repeat(Endpoint.LONGEST_MESSAGE + 1)))))
                        .statusCode())
                .isEqualTo(413);
        assertThat(post(PING + " ".repeat(Endpoint.LONGEST_MESSAGE - PING.length()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldOfferNoStream() throws Exception {
        HttpResponse<String> response = send(request(PING).GET());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
        assertThat(send(request(PING).DELETE()).statusCode()).isEqualTo(405);
    }

    @Test
    void shouldRequireTheToken() throws Exception {
        assertThat(send(HttpRequest.newBuilder(uri())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(PING)))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldRequireJson() throws Exception {
        assertThat(send(HttpRequest.newBuilder(uri())
                                .header("Authorization", "Bearer " + TOKEN)
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString(PING)))
                        .statusCode())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost", "http://127.0.0.1:1", "file://"})
    void shouldRefusePagesOfOtherServers(String origin) throws Exception {
        assertThat(send(request(PING).header("Origin", origin)).statusCode()).isEqualTo(403);
    }

    @Test
    void shouldAnswerItsOwnPage() throws Exception {
        String origin = server.url().replaceAll("/$", "");

        assertThat(send(request(PING).header("Origin", origin)).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldKnowTheVersionsOfTheProtocol() throws Exception {
        assertThat(send(request(PING).header("MCP-Protocol-Version", "2025-06-18"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(request(PING).header("MCP-Protocol-Version", "1999-01-01"))
                        .statusCode())
                .isEqualTo(400);
    }

    private URI uri() {
        return URI.create(server.url() + "mcp");
    }

    private HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(uri())
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(request(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
