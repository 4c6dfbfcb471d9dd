package io.replaylinker.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.replaylinker.runtime.cli.StallTimeout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The status page of a demo in a real browser; its screenshots stay in the build's folder. */
class StatusPageIT {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String HOSTILE = "<img src=x onerror=window.hacked=1>";
    private static final String REPLAY = "5e55000100000000000000000001fdda";
    private static final String HOSTILE_REPLAY = "5e550002";
    private static final String ERROR = "e0e00002000000000000000000017dde";
    private static final String LOST = "e0e0000d";
    private static final String ERROR_IN_A_CALL = "e0e00013";

    private static final String MERGED_ISSUE = "4999";

    /** The issue was merged into one that is in the sample. */
    private static final String MERGE =
            ("{\"topic\":\"events\",\"ts\":1791190832000,\"key\":null,\"payload\":\"[2,'end_merge',"
                            + "{'project_id':22,'previous_group_ids':[%s],'new_group_id':4002,'datetime':'2026-10-05T09:00:31.000000Z'}]\"}")
                    .formatted(MERGED_ISSUE)
                    .replace("'", "\\\"");

    private static final String MEMBERS = """
            {"now":"2026-10-05T09:00:00Z","problems":["the join is starting"],"members":[
            {"address":"worker-1:8080","self":true,"problem":null,"version":"0.1.0","roles":["join","sink"],
            "state":"running","restoring_records":0,"uptime_ms":3600000,"lag":12,"assigned":[
            {"reader":"join","topic":"%1$s-by-trace","partitions":[0,2,3,4],"lag":12},
            {"reader":"links","topic":"replay-links","partitions":[1],"lag":0}]},
            {"address":"worker-2:8080","self":false,"problem":null,"version":"<img src=x>","roles":["join"],
            "state":"restoring","restoring_records":1234,"uptime_ms":5000,"lag":null,"assigned":[]},
            {"address":"worker-3:8080","self":false,"problem":"connection refused","version":null,"roles":[],
            "state":"unreachable","restoring_records":null,"uptime_ms":null,"lag":null,"assigned":[
            {"reader":"join","topic":"%1$s-by-event","partitions":[0],"lag":null}]}]}""".formatted("replay-linker-demo");

    /** What a browser says of answers that are meant to be refusals. */
    private static final String REFUSED = "Failed to load resource";

    private static final CountDownLatch OVER = new CountDownLatch(1);
    private static final CompletableFuture<String> URL = new CompletableFuture<>();
    private static final Thread DEMO = new Thread(StatusPageIT::serve, "demo");

    @SuppressWarnings("NullAway.Init")
    private static Chromium chromium;

    private final List<String> complaints = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private BrowserContext context;

    @SuppressWarnings("NullAway.Init")
    private Page page;

    /** A browser that is missing skips the class from here; from a field's initializer it would fail it. */
    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        DEMO.start();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        OVER.countDown();
        DEMO.join(Duration.ofSeconds(30).toMillis());
        if (chromium != null) {
            chromium.close();
        }
    }

    private static void serve() {
        Progress progress = new Progress(new PrintWriter(new StringWriter()));
        StallTimeout stallTimeout = new StallTimeout(Duration.ofMinutes(2), () -> false);
        try {
            new Demo(List.of(dump()), List.of(), stallTimeout, progress).serve(0, (url, outcome) -> {
                URL.complete(url);
                OVER.await();
            });
        } catch (Exception e) {
            URL.completeExceptionally(e);
        }
    }

    /** The sample, with a name in it that an attacker has chosen, and a merge of issues. */
    private static DumpSource dump() throws IOException {
        try (InputStream sample = Objects.requireNonNull(Demo.class.getResourceAsStream("shop.ndjson"))) {
            String lines = new String(sample.readAllBytes(), StandardCharsets.UTF_8).replace("GET /api/stock", HOSTILE);
            byte[] dump = (lines + "\n" + MERGE + "\n").getBytes(StandardCharsets.UTF_8);
            return new DumpSource("shop", () -> new ByteArrayInputStream(dump));
        }
    }

    @BeforeEach
    void open() {
        open(1280, ColorScheme.LIGHT);
    }

    private void open(int width, ColorScheme scheme) {
        context = chromium.window()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(scheme));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
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
    void shouldShowWhatFlowedAndWhatBecameOfIt() throws Exception {
        go("");

        assertThat(page.locator("#picture svg")).isVisible();
        assertThat(page.locator(".flow-table tr", new Page.LocatorOptions().setHasText("ingest-replay-events")))
                .containsText("32");
        assertThat(page.locator("#picture svg .topic + text", new Page.LocatorOptions().setHasText("trace-nodes")))
                .hasCount(1);
        assertThat(sinkOfNodes().locator(".number").last()).hasText(Pattern.compile("[1-9]\\d*"));
        assertThat(page.locator("#charts")).containsText("other organization");
        assertThat(page.locator("#coverage")).containsText("10 of 18 in the last 7 days");
        assertThat(page.locator("#health")).hasText("All is well");
        assertThat(page.locator("#parts")).containsText("has read the dump to its end");
        screenshot("light");
        close();
        open(1280, ColorScheme.DARK);
        go("?q=" + REPLAY);
        assertThat(page.locator("#results .timeline")).isVisible();
        screenshot("dark");
    }

    @Test
    void shouldFindAReplayByTheKeyboardAlone() throws Exception {
        go("");
        page.keyboard().press("/");
        assertThat(page.locator("#q")).isFocused();
        page.keyboard().type("5E55-0001");
        page.keyboard().press("Enter");

        assertThat(page.locator("#results h2")).hasText("Replay " + REPLAY);
        assertThat(page.locator("#results tbody tr")).hasCount(4);
        assertThat(page.locator("#results tbody tr").nth(1)).containsText("+4.170 s");
        assertThat(page.locator("#results tbody tr").nth(1)).containsText("POST /api/cart");
        assertThat(page.locator("#announce")).hasText("Found: replay.");
        assertThat(page).hasURL(Pattern.compile(".*/\\?q=5E55-0001$"));
        // The one of docs/status-page.md.
        screenshot("replay", false);

        page.locator("#results tbody a").nth(1).focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#results h2").first()).hasText("Event " + ERROR);
        assertThat(page.locator("#results tr.wanted")).hasCount(1);
        page.goBack();
        assertThat(page.locator("#results h2")).hasText("Replay " + REPLAY);
    }

    @Test
    void shouldLeadThroughThePageInOrderWithAFocusThatShows() throws Exception {
        go("");
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            page.keyboard().press("Tab");
            order.add(String.valueOf(
                    page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name")));
            assertThat(page.evaluate("getComputedStyle(document.activeElement.matches('[type=radio]')"
                            + " ? document.activeElement.nextElementSibling : document.activeElement).outlineStyle"))
                    .as("focus on %s", order)
                    .isEqualTo("solid");
        }
        assertThat(order).containsExactly("Skip to the content", "replay-linker", "q", "Find", "minutes");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#charts")).containsText("per 1 min");
    }

    @Test
    void shouldReportWhyAnEventHasNoReplay() throws Exception {
        go("?q=" + LOST);

        assertThat(page.locator("#results")).containsText("It has no replay.");
        assertThat(page.locator("#results")).containsText("REPLAY_NOT_SEEN, no segment of the replay was seen");
        assertThat(page.locator("#results .live")).containsText("nothing waits any longer");
        screenshot("no-link");
    }

    @Test
    void shouldShowNamesOfStrangersAsTextAndNothingElse() throws Exception {
        go("?q=" + HOSTILE_REPLAY);

        assertThat(page.locator("#results tbody")).containsText(HOSTILE);
        assertThat(page.locator("#results img")).hasCount(0);
        go("?q=" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8));
        assertThat(page.locator("#results h2").first()).hasText("Transaction " + HOSTILE);
        assertThat(page.locator("main img")).hasCount(0);
        assertThat(page.evaluate("window.hacked")).isNull();
    }

    @Test
    void shouldShowTheReplaysOfAnIssueThatWasMerged() throws Exception {
        go("?q=" + MERGED_ISSUE);

        assertThat(page.locator("#results h2").first()).hasText("Issue " + MERGED_ISSUE);
        assertThat(page.locator("#results .notice.warn"))
                .hasText("It was merged into issue 4002, whose replays these are.");
        assertThat(page.locator("#results tbody")).containsText(REPLAY);
        page.locator("#results .notice a").click();
        assertThat(page.locator("#results h2").first()).hasText("Issue 4002");
        assertThat(page.locator("#results .notice.warn")).hasCount(0);
    }

    @Test
    void shouldShowWhatHappenedAroundAnErrorAsATreeThatFoldsByKeys() throws Exception {
        go("?q=" + ERROR_IN_A_CALL);

        assertThat(page.locator("#results h2", new Page.LocatorOptions().setHasText("Error")))
                .isVisible();
        assertThat(page.locator("#results .notice.bad:not([hidden])")).hasText("TypeError: POST /api/coupon failed");
        assertThat(page.locator("#results .stack li")).hasText("handle in src/api_coupon.js:29");
        Locator nodes = page.locator("#results .tree [role=treeitem]:visible");
        int all = nodes.count();
        Locator caller = page.locator("#results .tree [aria-expanded]").first();
        caller.focus();
        page.keyboard().press("ArrowLeft");
        assertThat(caller).hasAttribute("aria-expanded", "false");
        assertThat(nodes).not().hasCount(all);
        page.keyboard().press("ArrowRight");
        assertThat(nodes).hasCount(all);
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#results .tree [role=treeitem]:focus")).hasCount(1);
        assertThat(Axe.violations(page, false)).isEmpty();
        // A hint about the speed of axe-core's own drawing.
        complaints.removeIf(complaint -> complaint.startsWith("Canvas2D: "));
        screenshot("tree");
    }

    @Test
    void shouldFitAPhone() throws Exception {
        close();
        open(390, ColorScheme.LIGHT);
        go("?q=" + ERROR);

        assertThat(page.locator("#results .timeline")).isVisible();
        assertThat(page.locator(".flow-table")).isVisible();
        assertThat(sinkOfNodes()).isVisible();
        assertThat(page.locator("#coverage")).containsText("10 of 18");
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
        screenshot("narrow");
    }

    @Test
    void shouldReportThatItsFiguresAreOldWhenTheWorkerIsAway() throws Exception {
        go("");
        assertThat(page.locator("#health")).hasText("All is well");
        page.route("**/api/**", Route::abort);

        Locator offline = page.locator("#offline");
        assertThat(offline).hasText("The data on this page may be old: the worker does not answer.");
        page.unroute("**/api/**");
        assertThat(offline).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(15_000));
        complaints.removeIf(complaint -> complaint.startsWith(REFUSED));
    }

    /** The answers are those of a worker that has sinks alone, and whose ClickHouse is away, and of one without nodes. */
    @Test
    void shouldShowTheSinkOfNodesAsTheOthersAndOnlyWhereNodesAreKept() throws Exception {
        answerStatusWith("\"roles\" : \\[[^]]*]", "\"roles\" : [ \"sink\" ]");
        go("");
        assertThat(page.locator(".flow-table tbody tr")).hasCount(4);
        assertThat(sinkOfNodes().locator(".number").last()).hasText(Pattern.compile("[1-9]\\d*"));

        answerStatusWith(
                "\"name\" : \"ClickHouse\",\\s*\"state\" : \"good\"", "\"name\" : \"clickhouse\", \"state\" : \"bad\"");
        go("");
        assertThat(sinkOfNodes()).containsText("interrupted");
        assertThat(page.locator("#picture .arrow.broken")).hasCount(4);

        answerStatusWith("\"trace_nodes\" : \"trace-nodes\"", "\"trace_nodes\" : null");
        go("");
        assertThat(page.locator("#picture svg")).isVisible();
        assertThat(page.locator("#picture")).not().containsText("trace-nodes");
    }

    private void answerStatusWith(String pattern, String replacement) {
        page.unroute("**/api/status");
        page.route("**/api/status", route -> {
            String status = route.fetch().text();
            assertThat(status).containsPattern(pattern);
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(status.replaceAll(pattern, replacement)));
        });
    }

    /** A demo is one process; the answer is that of a worker with two others. */
    @Test
    void shouldListAllWorkers() throws Exception {
        close();
        open(400, ColorScheme.LIGHT);
        page.route("**/api/status", route -> {
            String status = route.fetch().text();
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(status.replace("\"members\" : false", "\"members\" : true")));
        });
        page.route(
                "**/api/members",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(MEMBERS)));
        go("");

        Locator rows = page.locator("#members tbody tr");
        assertThat(rows).hasCount(3);
        assertThat(rows.nth(0)).containsText("worker-1:8080this worker");
        assertThat(rows.nth(0).locator(".whole")).hasText("by-trace 0, 2–4; sink links 1");
        assertThat(rows.nth(1)).containsText("restoring, 1,234 records left");
        assertThat(rows.nth(2)).containsText("unreachable connection refused");
        assertThat(page.locator("#members img")).hasCount(0);
        assertThat(page.locator("#members")).containsText("Workers may be missing: the join is starting.");
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(400);
        screenshot("workers-narrow");
        page.setViewportSize(1280, 900);
        page.locator("#workers")
                .screenshot(new Locator.ScreenshotOptions().setPath(SCREENSHOTS.resolve("workers.png")));
    }

    /** The row of the arrow from the topic of the nodes to ClickHouse. */
    private Locator sinkOfNodes() {
        return page.locator(
                ".flow-table tbody tr",
                new Page.LocatorOptions().setHasText(Pattern.compile("^trace-nodesClickHouse")));
    }

    private void go(String path) throws Exception {
        page.navigate(URL.get(3, TimeUnit.MINUTES) + path);
    }

    private void screenshot(String name) {
        screenshot(name, true);
    }

    private void screenshot(String name, boolean whole) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(whole).setPath(SCREENSHOTS.resolve(name + ".png")));
    }
}
