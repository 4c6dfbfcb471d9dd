package io.replaylinker.local;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.schemas.Id;
import io.replaylinker.topology.join.Explained;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.worker.health.MoreRoutes;
import io.replaylinker.worker.http.HttpServer;
import io.replaylinker.worker.page.JoinUnavailableException;
import io.replaylinker.worker.page.MeterRecorder;
import io.replaylinker.worker.page.PagePart;
import io.replaylinker.worker.page.PageSettings;
import io.replaylinker.worker.page.PageSources;
import io.replaylinker.worker.page.StatusPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Serves the status page of a finished demo on loopback, and the tools for assistants. */
final class DemoPage implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration COVERAGE = Duration.ofDays(7);

    private final StatusPage page;
    private final MoreRoutes.Open tools;
    private final HttpServer server;

    private DemoPage(StatusPage page, MoreRoutes.Open tools, HttpServer server) {
        this.page = page;
        this.tools = tools;
        this.server = server;
    }

    /**
     * Serves it.
     *
     * @param port 0 for any free one
     * @param more the tools for assistants
     * @param present see {@link #presentOf}
     * @param recorder has watched the run
     * @throws CommandFailedException if it cannot listen there
     */
    static DemoPage start(
            int port, PageSettings settings, MoreRoutes more, Clock present, MeterRecorder recorder, Outcome outcome) {
        StatusPage page = new StatusPage(
                new PageSources(settings, recorder, () -> parts(outcome), DemoPage::explain, present, COVERAGE));
        HttpServer.Builder builder = HttpServer.builder(LOOPBACK, port);
        page.addTo(builder);
        MoreRoutes.Open tools = more.addTo(builder);
        try {
            return new DemoPage(page, tools, builder.start());
        } catch (CommandFailedException e) {
            tools.close();
            page.close();
            throw taken(port, e);
        }
    }

    /** Checks that the port is free, before minutes of work and not after them. */
    static void check(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw taken(port, e);
        }
    }

    private static CommandFailedException taken(int port, Exception cause) {
        return new CommandFailedException(
                "cannot listen on " + LOOPBACK + ":" + port
                        + "; is another program there? Choose another port with --port, or 0 for any that is free",
                cause);
    }

    String url() {
        return server.url();
    }

    private static List<PagePart> parts(Outcome outcome) {
        return List.of(
                new PagePart(
                        "join",
                        PagePart.State.GOOD,
                        "has read the dump to its end: "
                                + Text.count(outcome.input().recordCount(), "record")),
                new PagePart(
                        "ClickHouse",
                        PagePart.State.GOOD,
                        "has everything: " + Text.count(outcome.links().size(), "link")));
    }

    private static List<Explanation> explain(Explained by, Predicate<Id> id) throws JoinUnavailableException {
        throw new JoinUnavailableException(
                "the demo has read its dump to the end, and nothing waits any longer; demo --why asks before that");
    }

    /** A dump may have any age, so the clock continues from its newest record. */
    static Clock presentOf(Outcome outcome) {
        Clock system = Clock.systemUTC();
        Instant newest = Instant.ofEpochMilli(outcome.input().newestMs());
        return Clock.offset(system, Duration.between(system.instant(), newest));
    }

    @Override
    public void close() {
        server.close();
        tools.close();
        page.close();
    }
}
