package io.replaylinker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded engine does of itself: its process, its folder, and the HTTP interface without a driver. */
class EmbeddedClickHouseIT {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void shouldKeepAGivenFolderAndServeItAgain(@TempDir Path data) throws Exception {
        try (EmbeddedClickHouse first = EmbeddedClickHouse.start(data)) {
            post(first, "", "CREATE TABLE kept (n UInt8) ENGINE = MergeTree ORDER BY n");
            post(first, "async_insert=0", "INSERT INTO kept VALUES (7)");
        }

        try (EmbeddedClickHouse second = EmbeddedClickHouse.start(data)) {
            assertThat(post(second, "", "SELECT n FROM kept").body()).isEqualTo("7\n");
        }
    }

    @Test
    void shouldRefuseAFolderThatIsInUse(@TempDir Path data) {
        try (EmbeddedClickHouse first = EmbeddedClickHouse.start(data)) {
            assertThatThrownBy(() -> EmbeddedClickHouse.start(data).close())
                    .isInstanceOf(PartUnavailableException.class)
                    .hasMessageContaining("used by another process");
            assertThat(first.isAlive()).isTrue();
        }
    }

    @Test
    void shouldReportThatAPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedClickHouse.Options options =
                    new EmbeddedClickHouse.Options().listen("127.0.0.1", taken.getLocalPort());

            assertThatThrownBy(() -> EmbeddedClickHouse.start(options).close())
                    .isInstanceOf(PartUnavailableException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("is taken")
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void shouldLeaveNoProcessBehind() throws Exception {
        EmbeddedClickHouse server = EmbeddedClickHouse.start();
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();

        server.close();

        process.onExit().get(10, TimeUnit.SECONDS);
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void shouldEndWhenItsParentIsKilled(@TempDir Path folder) throws Exception {
        try (ChildJvm parent = ChildJvm.start(
                List.of(),
                System.getProperty("java.class.path"),
                ServerHolder.class,
                List.of(),
                folder.resolve("stderr.log"))) {
            ProcessHandle server = ProcessHandle.of(Long.parseLong(String.valueOf(parent.readLine())))
                    .orElseThrow();

            ProcessHandle.of(parent.pid()).orElseThrow().destroyForcibly();

            server.onExit().get(10, TimeUnit.SECONDS);
            assertThat(server.isAlive()).isFalse();
        }
    }

    /** A program that starts a server and then does nothing. */
    static final class ServerHolder {

        private ServerHolder() {}

        public static void main(String[] args) throws InterruptedException {
            System.out.println(EmbeddedClickHouse.start().pid());
            Thread.currentThread().join();
        }
    }

    @Test
    void shouldSurviveBadQueries() throws Exception {
        Map<String, String> codes = Map.of(
                "SELEC 1", "62",
                "SELECT 1; SELECT 2", "62",
                "SYSTEM SHUTDOWN", "497",
                "SYSTEM KILL", "497",
                "SELECT throwIf(number = 5) FROM numbers(10)", "395",
                "INSERT INTO nowhere VALUES (1)", "60");
        try (EmbeddedClickHouse server = EmbeddedClickHouse.start()) {
            for (Map.Entry<String, String> bad : codes.entrySet()) {
                HttpResponse<String> answer = post(server, "", bad.getKey());

                assertThat(answer.headers().firstValue("X-ClickHouse-Exception-Code"))
                        .as(bad.getKey())
                        .contains(bad.getValue());
            }
            assertThat(post(server, "", "SELECT 1").body()).isEqualTo("1\n");
        }
    }

    @Test
    void shouldServeTheHttpInterface() throws Exception {
        try (EmbeddedClickHouse server = EmbeddedClickHouse.start()) {
            assertThat(get(server, "/").body()).isEqualTo("Ok.\n");
            assertThat(get(server, "/ping").body()).isEqualTo("Ok.\n");
            assertThat(get(server, "/?query=SELECT+1").body()).isEqualTo("1\n");
            assertThat(get(server, "/?query=CREATE+TABLE+g(n+UInt8)ENGINE=Memory")
                            .statusCode())
                    .isNotEqualTo(200);
            assertThat(post(server, "param_x=a%27b&default_format=JSONEachRow", "SELECT {x:String} AS x")
                            .body())
                    .isEqualTo("{\"x\":\"a'b\"}\n");
            assertThat(post(server, "no_such_setting=1", "SELECT 1")
                            .headers()
                            .firstValue("X-ClickHouse-Exception-Code"))
                    .contains("115");
            assertThat(post(server, "database=nowhere", "SELECT 1").headers().firstValue("X-ClickHouse-Exception-Code"))
                    .contains("81");
        }
    }

    @Test
    void shouldKeepASessionsTemporaryTableButNotARequestsSettings() throws Exception {
        try (EmbeddedClickHouse server = EmbeddedClickHouse.start()) {
            post(server, "session_id=s&max_threads=3", "CREATE TEMPORARY TABLE mine AS SELECT 5 AS n");

            assertThat(post(server, "session_id=s", "SELECT n, getSetting('max_threads') = 3 FROM mine")
                            .body())
                    .isEqualTo("5\t0\n");
            assertThat(post(server, "", "SELECT n FROM mine").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldAnswerSideBySide() throws Exception {
        try (EmbeddedClickHouse server = EmbeddedClickHouse.start()) {
            long start = System.nanoTime();

            long right = IntStream.range(0, 8)
                    .mapToObj(n -> client.sendAsync(
                            request(server, "max_threads=1", "SELECT " + n + " + sleep(1)"),
                            HttpResponse.BodyHandlers.ofString()))
                    .toList()
                    .stream()
                    .filter(answer -> answer.join().statusCode() == 200)
                    .count();

            assertThat(right).isEqualTo(8);
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
                    .isLessThan(8);
        }
    }

    private HttpResponse<String> get(EmbeddedClickHouse server, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.httpUrl() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(EmbeddedClickHouse server, String query, String sql)
            throws IOException, InterruptedException {
        return client.send(request(server, query, sql), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(EmbeddedClickHouse server, String query, String sql) {
        return HttpRequest.newBuilder(URI.create(server.httpUrl() + "/?" + query))
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
    }
}
