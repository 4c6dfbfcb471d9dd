package io.replaylinker.worker.http;

/** Handles the requests for one path. Called by several threads at once. */
@FunctionalInterface
public interface Route {

    /** Returns the response. An exception becomes a 500 without details, and a line in the log. */
    RouteResponse answer(RouteRequest request) throws Exception;
}
