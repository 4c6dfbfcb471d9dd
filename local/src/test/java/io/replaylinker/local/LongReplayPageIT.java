package io.replaylinker.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.worker.http.HttpServer;
import io.replaylinker.worker.page.JoinUnavailableException;
import io.replaylinker.worker.page.MeterRecorder;
import io.replaylinker.worker.page.PagePart;
import io.replaylinker.worker.page.PageSettings;
import io.replaylinker.worker.page.PageSources;
import io.replaylinker.worker.page.StatusPage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The status page in a real browser, on real tables with a replay of 20,000 events. */
class LongReplayPageIT {

    /** Rules of accessibility take fifteen seconds on a page of this length, and do not depend on the width. */
    private static final int AXE_WIDTH = 1440;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String SENTRY = "https://sentry.example.com/organizations/acme/";
    private static final String ROWS = "#results tbody tr";

    /** Milliseconds from the search to its rows on the screen. */
    private static final String OPENING = """
            () => new Promise(done => {
                const results = document.getElementById('results');
                const start = performance.now();
                const watch = new MutationObserver(() => {
                    if (results.querySelectorAll('tbody tr').length > 0) {
                        watch.disconnect();
                        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
                    }
                });
                watch.observe(results, { childList: true, subtree: true });
                document.getElementById('q').value = '%s';
                document.getElementById('search').requestSubmit();
            })
            """.formatted(LongReplay.REPLAY);

    private static final int TRIES = 5;

    @SuppressWarnings("NullAway.Init")
    private static Chromium chromium;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedClickHouse server;

    @SuppressWarnings("NullAway.Init")
    private static MeterRecorder recorder;

    @SuppressWarnings("NullAway.Init")
    private static StatusPage statusPage;

    @SuppressWarnings("NullAway.Init")
    private static HttpServer http;

    private final List<String> complaints = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private BrowserContext context;

    @SuppressWarnings("NullAway.Init")
    private Page page;

    /** A browser that is missing skips the class from here. */
    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        server = EmbeddedClickHouse.start();
        LongReplay.fill(server);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        recorder = MeterRecorder.start(meters, Duration.ofSeconds(1));
        meters.counter("replay.linker.sink.rows", "sink", "links").increment(LongReplay.EVENTS);
        statusPage = statusPage("join,sink");
        http = serve(statusPage);
    }

    private static StatusPage statusPage(String roles) {
        Settings settings = SettingsReader.of(Map.of(
                "roles", roles,
                "kafka.bootstrap.servers", "localhost:1",
                "schema.registry.url", "mock://page",
                "clickhouse.url", server.httpUrl(),
                "clickhouse.database", "shop",
                "clickhouse.user", server.user(),
                "clickhouse.password", server.password(),
                "clickhouse.compress", "false",
                "sentry.url", "https://sentry.example.com",
                "sentry.organization.slugs", "1:acme"));
        return new StatusPage(new PageSources(
                PageSettings.of(settings),
                recorder,
                () -> List.of(new PagePart("join", PagePart.State.GOOD, "running")),
                (by, id) -> {
                    throw new JoinUnavailableException("starting");
                },
                Clock.systemUTC(),
                Duration.ofDays(3)));
    }

    private static HttpServer serve(StatusPage page) {
        HttpServer.Builder builder = HttpServer.builder("127.0.0.1", 0);
        page.addTo(builder);
        return builder.start();
    }

    @AfterAll
    static void stop() {
        if (http != null) {
            http.close();
            statusPage.close();
            recorder.close();
            server.close();
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        context = chromium.window().newContext(new Browser.NewContextOptions().setViewportSize(1440, 900));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            boolean complains = message.type().equals("error") || message.type().equals("warning");
            // A hint about the speed of axe-core's own drawing.
            if (complains && !message.text().startsWith("Canvas2D: ")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.addInitScript(
                "addEventListener('securitypolicyviolation', v => console.error('CSP ' + v.violatedDirective));");
    }

    @AfterEach
    void close() {
        context.close();
        assertThat(complaints).as("what the browser complained of").isEmpty();
    }

    @Test
    void shouldOpenWithinASecond() {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            go("");
            best = Math.min(best, ((Number) page.evaluate(OPENING)).doubleValue());
        }

        assertThat(best).as("milliseconds to open").isLessThan(1_000);
    }

    @Test
    void shouldCountAllEventsAndDrawAllOfTheReplay() {
        go("?q=" + LongReplay.REPLAY);

        assertThat(page.locator(".counts"))
                .hasText(
                        "20,000 events: 500 errors, 800 failing calls, 500 warnings, 18,200 calls. The table shows the first 200.");
        assertThat(page.locator(".timeline .lane")).hasText(new String[] {"project 22", "project 33", "project 44"});
        double width = number("document.querySelector('.timeline').viewBox.baseVal.width");
        assertThat(
                        number(
                                "Math.max(...[...document.querySelectorAll('.timeline g > rect')].map(r => r.x.baseVal.value))"))
                .as("place of the last column")
                .isGreaterThan(width * 0.9);
        screenshot("long-replay");
    }

    @Test
    void shouldAppendPageAfterPageWhileTheReaderScrolls() {
        go("?q=" + LongReplay.REPLAY);
        assertThat(page.locator(ROWS)).hasCount(200);
        for (int pages = 2; pages <= 4; pages++) {
            page.locator(ROWS).last().scrollIntoViewIfNeeded();
            assertThat(page.locator(ROWS)).hasCount(pages * 200);
        }

        assertThat(page.locator(ROWS).first()).containsText("+0.000 s");
        assertThat(page.locator(ROWS).nth(799)).containsText("+4 min 47.640 s");
        assertThat(page.locator(".counts")).containsText("The table shows the first 800.");
    }

    @Test
    void shouldZoomByTheKeyboardAlone() {
        go("?q=" + LongReplay.REPLAY);
        page.locator(".stage").focus();
        page.keyboard().press("+");
        assertThat(page.locator(".counts")).containsText("from +28 min");
        for (int i = 0; i < 9; i++) {
            page.keyboard().press("+");
        }
        assertThat(page.locator(".counts")).not().containsText("The table shows");
        assertThat(page.locator(".timeline rect.call").first()).isVisible();
        String before = page.locator(".counts").innerText();
        page.keyboard().press("ArrowRight");
        assertThat(page.locator(".counts")).not().hasText(before);
        page.keyboard().press("0");
        assertThat(page.locator(".counts")).containsText("20,000 events:");
    }

    @Test
    void shouldZoomIntoWhatTheMouseChooses() {
        go("?q=" + LongReplay.REPLAY);
        Locator stage = page.locator(".stage");
        assertThat(stage).isVisible();
        var box = stage.boundingBox();
        page.mouse().move(box.x + box.width * 0.5, box.y + 60);
        page.mouse().down();
        page.mouse().move(box.x + box.width * 0.6, box.y + 60);
        page.mouse().up();

        assertThat(page.locator(".counts")).containsText("events from +5");
        assertThat(page.locator(".counts")).containsText("The table shows the first 200.");
        stage.dblclick();
        assertThat(page.locator(".counts")).containsText("20,000 events:");
    }

    @Test
    void shouldSayWhatIsUnderTheMouse() {
        go("?q=" + LongReplay.REPLAY);
        assertThat(page.locator(".timeline")).isVisible();
        var box = page.locator(".stage").boundingBox();
        page.mouse().move(box.x + box.width / 2, box.y + 50);
        assertThat(page.locator(".tip")).containsText("project 22");
        assertThat(page.locator(".tip")).containsText("calls");

        page.locator(".stage").focus();
        for (int i = 0; i < 10; i++) {
            page.keyboard().press("+");
        }
        assertThat(page.locator(".timeline rect.call").first()).isVisible();
        page.locator(".timeline rect.call").first().hover();
        assertThat(page.locator(".tip")).containsText("GET /api/item/");
        assertThat(page.locator(".tip")).containsText("release api@2.4");
        assertThat(page.locator("tr.pointed")).hasCount(1);
    }

    @Test
    void shouldShowTheEventThatWasAskedForHoweverLateItIs() {
        go("?q=" + LongReplay.LATE_EVENT);

        assertThat(page.locator("#results tr.wanted")).hasCount(1);
        assertThat(page.locator("#results tr.wanted")).containsText("+1 h 59 min 59.280 s");
        assertThat(page.locator(".timeline .wanted")).hasCount(1);
    }

    @Test
    void shouldShowWhatAWorkerWithoutAJoinHas() {
        try (StatusPage sinks = statusPage("sink");
                HttpServer other = serve(sinks)) {
            page.navigate(other.url());

            assertThat(page.locator(".flow-table tbody tr")).hasCount(4);
            assertThat(page.locator(".flow-table")).containsText("20K");
            assertThat(page.locator("#charts h3")).hasText("Rows into ClickHouse, by sink per 15 s");
            assertThat(page.locator("#charts .legend")).containsText("links20K");
            screenshot("sinks-only");
            // The page asks its worker every few seconds; it must not outlive it.
            page.navigate("about:blank");
        }
    }

    @Test
    void shouldLeadFromTheEmptyPageToTheWorstReplay() {
        go("");

        assertThat(page.locator("#recent h3")).hasText(new String[] {"Newest", "Most backend errors, last 3 days"});
        assertThat(page.locator("#recent tbody tr")).hasCount(2);
        assertThat(Axe.violations(page, false)).isEmpty();
        page.locator("#recent tbody a.id").last().click();
        assertThat(page.locator("#results h2")).hasText("Replay " + LongReplay.REPLAY);
        assertThat(page.locator("#recent")).isHidden();
        page.locator("#results .title button").click();
        assertThat(page.locator("#recent")).isVisible();
    }

    @Test
    void shouldFindATransactionByAPartOfItsName() {
        go("?q=" + "item/3");
        assertThat(page.locator("#results h2")).hasText("Transactions that contain this text");
        page.locator("#results .candidates a").click();

        assertThat(page.locator("#results h2")).hasText("Transaction GET /api/item/3");
        assertThat(page.locator(ROWS)).containsText(LongReplay.REPLAY);
    }

    @Test
    void shouldTellOfAReplayThatOnlyEventsName() {
        go("?q=" + LongReplay.UNLINKED);
        page.locator("#results .lines a", new Page.LocatorOptions().setHasText(LongReplay.UNSEEN_REPLAY))
                .click();

        assertThat(page.locator("#results h2")).hasText("Replay " + LongReplay.UNSEEN_REPLAY);
        assertThat(page.locator("#results")).containsText("No segment of this replay was seen");
        assertThat(page.locator(ROWS)).hasCount(1);
        assertThat(page.locator(ROWS)).containsText(LongReplay.UNLINKED);
        assertThat(page.locator("#announce")).hasText("Found: replay.");
    }

    @Test
    void shouldLeadIntoSentryInATabOfItsOwn() {
        go("?q=" + LongReplay.REPLAY);

        Locator replay = page.locator("#results .named a.sentry").first();
        assertThat(replay).hasAttribute("href", SENTRY + "explore/replays/" + LongReplay.REPLAY + "/");
        assertThat(replay).hasAttribute("target", "_blank");
        assertThat(replay).hasAttribute("rel", "noopener");
        assertThat(page.locator(ROWS + " a.sentry").nth(100))
                .hasAttribute("href", SENTRY + "explore/replays/" + LongReplay.REPLAY + "/?t=36");
    }

    @Test
    void shouldKeepWhatIsThereWhenMoreCannotBeLoaded() {
        go("?q=" + LongReplay.REPLAY);
        assertThat(page.locator(ROWS)).hasCount(200);
        page.route("**/api/search*", route -> route.abort());
        page.locator(ROWS).last().scrollIntoViewIfNeeded();

        assertThat(page.locator(".events-of .notice.bad"))
                .hasText("More could not be loaded: the worker does not answer.");
        assertThat(page.locator(ROWS)).hasCount(200);
        complaints.removeIf(complaint -> complaint.startsWith("Failed to load resource"));
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 768, AXE_WIDTH, 2560})
    void shouldFitEveryWidthInEveryColor(int width) {
        page.setViewportSize(width, 900);
        go("?q=" + LongReplay.REPLAY);
        assertThat(page.locator(".timeline")).isVisible();
        assertThat(page.locator(ROWS).nth(199)).isAttached();

        for (Colors colors : Colors.values()) {
            page.emulateMedia(colors.media());
            assertThat(number("document.documentElement.scrollWidth")).isEqualTo(width);
            if (width == AXE_WIDTH) {
                assertThat(Axe.violations(page, colors == Colors.FORCED)).isEmpty();
            }
            screenshot("long-" + width + "-" + colors.name().toLowerCase(Locale.ROOT));
        }
    }

    private enum Colors {
        LIGHT,
        DARK,
        FORCED;

        Page.EmulateMediaOptions media() {
            return new Page.EmulateMediaOptions()
                    .setColorScheme(this == DARK ? ColorScheme.DARK : ColorScheme.LIGHT)
                    .setForcedColors(this == FORCED ? ForcedColors.ACTIVE : ForcedColors.NONE);
        }
    }

    private void go(String path) {
        page.navigate(http.url() + path);
    }

    private double number(String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    private void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }
}
