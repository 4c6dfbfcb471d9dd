package io.replaylinker.worker.http;

/** Answers the requests for one path. Called by several threads at once. */
@FunctionalInterface
public interface Route {

    /** The answer; whatever it throws becomes a 500 without details, and a line in the log. */
    RouteResponse answer(RouteRequest request) throws Exception;
}
