package io.replaylinker.worker.health;

import io.replaylinker.worker.http.HttpServer;

/** Routes that other modules add to the worker's HTTP server, so that the worker does not depend on their libraries. */
@FunctionalInterface
public interface MoreRoutes {

    /** A worker without them. */
    MoreRoutes NONE = server -> () -> {};

    /**
     * Adds the routes.
     *
     * @param server not yet started
     * @return is closed after the server
     */
    Open addTo(HttpServer.Builder server);

    /** What the routes hold open. */
    @FunctionalInterface
    interface Open extends AutoCloseable {

        @Override
        void close();
    }
}
