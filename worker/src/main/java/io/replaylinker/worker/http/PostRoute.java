package io.replaylinker.worker.http;

/** Handles the messages that clients post to one path. Called by several threads at once. */
@FunctionalInterface
public interface PostRoute {

    /** Returns the response. An exception becomes a 500 without details, and a line in the log. */
    RouteResponse answer(PostedMessage message) throws Exception;
}
