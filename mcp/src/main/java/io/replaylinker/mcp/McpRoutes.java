package io.replaylinker.mcp;

import io.replaylinker.runtime.answer.SentryLinks;
import io.replaylinker.runtime.settings.McpSettings;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.wiring.ClickHouseWiring;
import io.replaylinker.worker.health.MoreRoutes;
import io.replaylinker.worker.http.HttpServer;
import java.time.Clock;

/** Adds {@code /mcp} to the worker's HTTP server. */
public final class McpRoutes {

    private McpRoutes() {}

    /** The route if {@code mcp.enabled} is true, or else nothing. */
    public static MoreRoutes of(Settings settings) {
        return settings.get(McpSettings.ENABLED)
                ? server -> addTo(settings, Clock.systemUTC(), server)
                : MoreRoutes.NONE;
    }

    /**
     * Adds the route.
     *
     * @param clock the present time for what is in the tables
     */
    public static MoreRoutes.Open addTo(Settings settings, Clock clock, HttpServer.Builder server) {
        Endpoint endpoint = endpoint(settings, clock);
        server.post("/mcp", Endpoint.LONGEST_MESSAGE, new McpRoute(endpoint));
        return endpoint::close;
    }

    static Endpoint endpoint(Settings settings, Clock clock) {
        return new Endpoint(
                ClickHouseWiring.settings(settings),
                settings.find(McpSettings.ORGANIZATION).orElse(null),
                new SentryLinks(ClickHouseWiring.sentryPages(settings)),
                clock);
    }
}
