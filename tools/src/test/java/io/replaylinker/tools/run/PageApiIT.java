package io.replaylinker.tools.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.tools.lookup.Shop;
import io.replaylinker.worker.http.HttpServer;
import io.replaylinker.worker.page.JoinUnavailableException;
import io.replaylinker.worker.page.MeterRecorder;
import io.replaylinker.worker.page.PagePart;
import io.replaylinker.worker.page.PageSettings;
import io.replaylinker.worker.page.PageSources;
import io.replaylinker.worker.page.StatusPage;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's API over HTTP, on real tables. */
class PageApiIT {

    private static final EmbeddedClickHouse SERVER = EmbeddedClickHouse.start();
    private static final HttpClient BROWSER = HttpClient.newHttpClient();
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
    private static final MeterRecorder RECORDER = MeterRecorder.start(METERS, Duration.ofSeconds(1));

    private static HttpServer http = HttpServer.builder("127.0.0.1", 0).start();

    @BeforeAll
    static void serve() {
        Shop.fill(SERVER, LocalDate.now(ZoneOffset.UTC).minusDays(1).toString());
        METERS.counter("replay.linker.links", "method", "span").increment(12);
        http.close();
        http = server(SERVER.httpUrl());
    }

    @AfterAll
    static void stop() {
        http.close();
        RECORDER.close();
        SERVER.close();
    }

    private static HttpServer server(String clickHouseUrl) {
        Settings settings = SettingsReader.of(Map.of(
                "kafka.bootstrap.servers", "localhost:1",
                "schema.registry.url", "mock://page",
                "clickhouse.url", clickHouseUrl,
                "clickhouse.database", "shop",
                "clickhouse.user", SERVER.user(),
                "clickhouse.password", SERVER.password(),
                "clickhouse.compress", "false",
                "sentry.url", "https://sentry.example.com",
                "sentry.organization.slugs", "1:acme"));
        StatusPage page = new StatusPage(new PageSources(
                PageSettings.of(settings),
                RECORDER,
                () -> List.of(new PagePart("join", PagePart.State.WARN, "restoring")),
                (by, id) -> {
                    throw new JoinUnavailableException("starting");
                },
                Clock.systemUTC(),
                Duration.ofDays(3)));
        HttpServer.Builder builder = HttpServer.builder("127.0.0.1", 0);
        page.addTo(builder);
        return builder.start();
    }

    @Test
    void shouldReportHowTheWorkerIs() throws Exception {
        gauge("replay.linker.waiting", 3, "step", "confirm");
        gauge("replay.linker.waiting.oldest.age", 75, "step", "confirm");
        gauge("replay.linker.waiting", Double.NaN, "step", "resolve");
        gauge("replay_linker_lag", 7, "reader", "join", "topic", "events");

        assertThat(ok("/api/status"))
                .contains("\"application_id\" : \"replay-linker\"")
                .contains("\"roles\" : [ \"join\", \"sink\" ]")
                .contains(
                        "\"events\" : [ \"events\", \"transactions\", \"generic-events\" ]",
                        "\"spans\" : [ \"ingest-spans\" ]")
                .containsSubsequence("\"name\" : \"join\"", "\"state\" : \"warn\"", "\"message\" : \"restoring\"")
                .containsSubsequence("\"topic\" : \"events\"", "\"records\" : 7")
                .containsSubsequence("\"step\" : \"confirm\"", "\"events\" : 3", "\"oldest_ms\" : 75000")
                .doesNotContain("resolve");
    }

    private static void gauge(String name, double value, String... tags) {
        Gauge.builder(name, () -> value).tags(tags).register(METERS);
    }

    @Test
    void shouldReportWhatWasCountedOverTime() throws Exception {
        CountDownLatch later = new CountDownLatch(1);
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!ok("/api/status").contains("\"total\" : 12") && System.nanoTime() < until) {
            later.await(100, TimeUnit.MILLISECONDS);
        }

        assertThat(ok("/api/series?minutes=5"))
                .contains("\"step_ms\" : 5000")
                .containsSubsequence("\"group\" : \"links\"", "\"label\" : \"span\"", "12");
        assertThat(ok("/api/series")).contains("\"step_ms\" : 15000");
        assertThat(get("/api/series?minutes=7").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldReturnTheShareOfErrorsWithAReplay() throws Exception {
        assertThat(ok("/api/coverage"))
                .contains("\"problem\" : null", "\"over_ms\" : 259200000")
                .containsSubsequence("\"errors\" : 3", "\"with_replay\" : 2");
    }

    @Test
    void shouldFindAnEventByItsFirstDigitsTogetherWithItsReplay() throws Exception {
        assertThat(ok("/api/search?q=E0E0-0001"))
                .containsSubsequence(
                        "\"question\" : \"event\"",
                        Shop.ERROR,
                        "\"why\" : [ \"Event " + Shop.ERROR,
                        "\"question\" : \"replay\"",
                        "\"offset_ms\" : 13970");
    }

    @Test
    void shouldReportWhyAnEventHasNoReplay() throws Exception {
        assertThat(ok("/api/search?q=" + Shop.UNLINKED))
                .contains("not linked: REPLAY_NOT_SEEN, no segment of the replay was seen")
                .doesNotContain("\"question\" : \"replay\"");
    }

    @Test
    void shouldReportTheEventsThatNameAReplayOfWhichNothingWasSeen() throws Exception {
        assertThat(ok("/api/search?q=5e550007aaaa4aaa8aaa0000000007fd&kind=replay"))
                .containsSubsequence(
                        "\"question\" : \"replay\"", "\"status\" : \"unknown\"", "\"named_by\"", Shop.UNLINKED);
    }

    @Test
    void shouldFindReplaysTracesAndIssues() throws Exception {
        assertThat(ok("/api/search?q=" + Shop.REPLAY)).contains("\"question\" : \"replay\"", Shop.CALL);
        assertThat(ok("/api/search?q=" + Shop.TRACE)).contains("\"question\" : \"trace\"", Shop.SHORT_REPLAY);
        assertThat(ok("/api/search?q=77"))
                .containsSubsequence(
                        "\"question\" : \"issue\"", Shop.REPLAY, "\"length_ms\" : 90500", Shop.SHORT_REPLAY);
        assertThat(ok("/api/search?q=76"))
                .containsSubsequence("\"question\" : \"issue\"", "\"merged_into\" : 77", Shop.REPLAY);
        assertThat(ok("/api/search?q=5e550001&kind=replay")).doesNotContain("\"question\" : \"event\"");
    }

    @Test
    void shouldLeadIntoSentry() throws Exception {
        String acme = "https://sentry.example.com/organizations/acme/";
        assertThat(ok("/api/search?q=" + Shop.ERROR))
                .contains(
                        "\"sentry_url\" : \"" + acme + "issues/77/events/" + Shop.ERROR + "/\"",
                        "\"sentry_replay_url\" : \"" + acme + "explore/replays/" + Shop.REPLAY + "/?t=13\"");
    }

    @Test
    void shouldNameTheCandidatesOfDigitsThatManyHave() throws Exception {
        assertThat(ok("/api/search?q=e0e00009"))
                .containsSubsequence("\"status\" : \"ambiguous\"", Shop.TWIN, Shop.OTHER_TWIN);
    }

    @Test
    void shouldReportThatNothingIsKnown() throws Exception {
        assertThat(ok("/api/search?q=ffffffffffffffffffffffffffffffff"))
                .contains("\"status\" : \"unknown\"")
                .doesNotContain("\"status\" : \"found\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "0", "\u0000\u202eabc"})
    void shouldRefuseWhatIsNeitherAnIdNorAName(String text) throws Exception {
        HttpResponse<String> answer = get("/api/search?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"error\" : \"no id: type an event, replay or trace id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e0e0000g",
                "<script>alert(1)</script>",
                "' OR 1=1 --",
                "5e550001{x}",
                "../../etc/passwd",
                "%",
                "100%_\\",
                "e0e0000100000000000000000000000000"
            })
    void shouldFindNothingByATextThatIsNoName(String text) throws Exception {
        assertThat(ok("/api/search?q=" + URLEncoder.encode(text + "???", StandardCharsets.UTF_8)))
                .contains("\"question\" : \"transaction\"", "\"status\" : \"unknown\"");
    }

    @Test
    void shouldFindTheReplaysOfATransactionByItsNameOrAPartOfIt() throws Exception {
        assertThat(ok("/api/search?q=POST%20/api/checkout"))
                .containsSubsequence(
                        "\"question\" : \"transaction\"", "\"status\" : \"found\"", Shop.REPLAY, Shop.SHORT_REPLAY);
        assertThat(ok("/api/search?q=API/check"))
                .containsSubsequence("\"status\" : \"ambiguous\"", "\"candidates\" : [ \"POST /api/checkout\" ]");
    }

    @Test
    void shouldListTheNewestAndTheWorstReplays() throws Exception {
        assertThat(ok("/api/recent"))
                .containsSubsequence(
                        "\"recent\"", Shop.REPLAY, "\"worst\"", Shop.REPLAY, "\"worst_level\" : \"fatal\"");
    }

    @ParameterizedTest
    @CsvSource({
        "kind=shop, kind must be event",
        "kind=event&after=e1-1, after must be what the page before ended with",
        "after=e1-1, after must be what the page before ended with",
        "kind=replay&since=soon, since and until must be times"
    })
    void shouldRefusePagesThatFitNoQuestion(String parameters, String message) throws Exception {
        HttpResponse<String> answer = get("/api/search?q=e0e00001&" + parameters);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void shouldStayAndReportThatClickHouseIsAway() throws Exception {
        try (HttpServer without = server("http://127.0.0.1:1")) {
            for (String path : List.of("/api/coverage", "/api/search?q=e0e00001")) {
                HttpResponse<String> answer = get(without, path);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("\"problem\" : \"ClickHouse at http://127.0.0.1:1");
            }
            assertThat(get(without, "/api/status").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldReportThatTheJoinCannotBeAsked() throws Exception {
        assertThat(ok("/api/why?q=e0e00001")).contains("\"problem\" : \"starting\"", "\"explanations\" : [ ]");
        assertThat(get("/api/why?q=77").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldServeItsFilesAndNoOthers() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(page.headers().firstValue("content-type")).contains("text/html;charset=utf-8");
        assertThat(page.body()).doesNotContain("<style", "style=", "onclick", "http://", "https://");
        assertThat(get("/page.js").headers().firstValue("content-type")).contains("text/javascript;charset=utf-8");
        assertThat(get("/index.html").statusCode()).isEqualTo(404);
        assertThat(get("/package-info.class").statusCode()).isEqualTo(404);
    }

    private static String ok(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(http, path);
    }

    private static HttpResponse<String> get(HttpServer server, String path) throws IOException, InterruptedException {
        URI uri = URI.create(server.url()).resolve(path);
        return BROWSER.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
