package io.replaylinker.worker.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.worker.http.HttpServer;
import io.replaylinker.worker.http.Route;
import io.replaylinker.worker.http.RouteResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Other workers that answer, refuse, lie, or are away. */
class MemberClientTest {

    private static final String RUNNING = "{\"state\":\"running\"}";
    private static final Duration WITHIN = Duration.ofSeconds(2);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void shouldAskAllMembers() throws Exception {
        MemberAddress first = member(null, request -> json(RUNNING));
        MemberAddress second = member(null, request -> json("{\"state\":\"restoring\"}"));

        Map<MemberAddress, MemberClient.Answer> answers = client(null).ask(List.of(first, second));

        assertThat(answers.get(first)).extracting(MemberClientTest::state).isEqualTo("running");
        assertThat(answers.get(second)).extracting(MemberClientTest::state).isEqualTo("restoring");
    }

    @Test
    void shouldShowTheSharedToken() throws Exception {
        MemberAddress guarded = member("secret", request -> json(RUNNING));

        assertThat(ask("secret", guarded).report()).isNotNull();
        assertThat(ask("other", guarded).problem()).contains("http.token");
        assertThat(ask(null, guarded).problem()).contains("http.token");
    }

    @Test
    void shouldRefuseWhatIsNoReport() throws Exception {
        assertThat(ask(null, member(null, request -> json("{}"))).problem()).contains("no state");
        assertThat(ask(null, member(null, request -> json("{\"state\":\"" + "x".repeat(300_000) + "\"}")))
                        .problem())
                .contains("larger than");
        assertThat(ask(null, member(null, request -> RouteResponse.text(418, "tea")))
                        .problem())
                .contains("status 418");
        assertThat(ask(null, server(HttpServer.builder("127.0.0.1", 0))).problem())
                .contains("an older release");
    }

    @Test
    void shouldFollowNoRedirect() throws Exception {
        List<String> asked = new ArrayList<>();
        MemberAddress elsewhere = member(null, request -> {
            asked.add(request.path());
            return json(RUNNING);
        });
        String response = "HTTP/1.1 302 Found\r\nLocation: " + elsewhere.uri(MemberClient.PATH)
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

        assertThat(ask(null, raw(response)).problem()).contains("status 302");
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldNameWhyNobodyAnswers() throws Exception {
        ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        MemberAddress closed = new MemberAddress("127.0.0.1", free.getLocalPort());
        free.close();

        assertThat(ask(null, closed).problem()).contains("connection refused", "http.bind");
        assertThat(ask(null, new MemberAddress("no-such-host.invalid", 80)).problem())
                .contains("cannot be resolved", "http.advertised");
        assertThat(ask(null, new MemberAddress("no/host", 80)).problem()).contains("none that can be connected to");
    }

    @Test
    void shouldNotWaitForASilentMember() throws Exception {
        MemberAddress silent = raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
        MemberAddress running = member(null, request -> json(RUNNING));

        long from = System.nanoTime();
        Map<MemberAddress, MemberClient.Answer> answers = client(null).ask(List.of(silent, running));

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(10));
        assertThat(answers.get(silent)).extracting(MemberClient.Answer::problem).isEqualTo("no answer within 2000 ms");
        assertThat(answers.get(running)).extracting(MemberClientTest::state).isEqualTo("running");
    }

    /** The name of the machine leads to an interface on which a page on loopback does not listen. */
    @Test
    void shouldAskMembersOfTheSameMachineOnLoopback() throws Exception {
        MemberAddress near = member(null, request -> json(RUNNING));

        assertThat(ask(null, new MemberAddress("this-machine.invalid", near.port()))
                        .report())
                .isNotNull();
    }

    private static @Nullable String state(MemberClient.Answer answer) {
        return answer.report() == null ? null : answer.report().state();
    }

    private MemberClient.Answer ask(@Nullable String token, MemberAddress address) throws InterruptedException {
        MemberClient.Answer answer = client(token).ask(List.of(address)).get(address);
        return answer == null ? new MemberClient.Answer(null, "none") : answer;
    }

    private MemberClient client(@Nullable String token) {
        MemberClient client = new MemberClient(token, "this-machine.invalid", WITHIN);
        open.add(client);
        return client;
    }

    private MemberAddress member(@Nullable String token, Route route) {
        return server(HttpServer.builder("127.0.0.1", 0).token(token).get(MemberClient.PATH, route));
    }

    private MemberAddress server(HttpServer.Builder builder) {
        HttpServer server = builder.start();
        open.add(server);
        return new MemberAddress("127.0.0.1", server.port());
    }

    /** Sends the same to each client, and leaves the connection open. */
    private MemberAddress raw(String response) throws IOException {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        open.add(server);
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    open.add(client);
                    client.getInputStream().read(new byte[1024]);
                    client.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return new MemberAddress("127.0.0.1", server.getLocalPort());
    }

    private static RouteResponse json(String body) {
        return RouteResponse.json(RouteResponse.OK, body);
    }
}
