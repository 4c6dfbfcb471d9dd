package io.replaylinker.worker.page;

import io.replaylinker.runtime.answer.SentryLinks;
import io.replaylinker.runtime.answer.SharedLookup;
import io.replaylinker.worker.http.HttpServer;
import io.replaylinker.worker.members.Members;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The status page of one process and its API. They query the tables and the join only on request. */
public final class StatusPage implements AutoCloseable {

    private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(3);

    private final PageSources sources;
    private final SharedLookup tables;
    private final @Nullable Members members;

    /** The page of a process that is the only one; opens no connection yet. */
    public StatusPage(PageSources sources) {
        this(sources, null);
    }

    /**
     * Opens no connection yet.
     *
     * @param members all workers; null for a process that is the only one
     */
    StatusPage(PageSources sources, @Nullable Members members) {
        this.sources = sources;
        this.members = members;
        this.tables = new SharedLookup(sources.settings().tables(), sources.tablesClock(), QUEUE_TIMEOUT);
    }

    /** Adds the page, its files and its API to a server that is not yet started. */
    public void addTo(HttpServer.Builder server) {
        MeterRecorder recorder = sources.recorder();
        PageFacts facts = new PageFacts(sources.settings(), recorder.startedAt(), members != null);
        SentryLinks sentry = new SentryLinks(sources.settings().sentry());
        StaticFiles.addTo(server);
        server.get("/api/status", new StatusRoute(facts, recorder, sources.parts(), Clock.systemUTC()))
                .get("/api/series", new SeriesRoute(recorder.history()))
                .get("/api/coverage", new CoverageRoute(tables, sources.tablesClock(), sources.coverageOver()))
                .get("/api/recent", new RecentRoute(tables, sources.tablesClock(), sources.coverageOver(), sentry))
                .get("/api/search", new SearchRoute(tables, sources.tablesClock(), sentry))
                .get("/api/why", new WhyRoute(sources.join(), LONGEST_LOOK));
        if (members != null) {
            MemberRoutes.addTo(server, members);
        }
    }

    @Override
    public void close() {
        tables.close();
    }
}
