package io.replaylinker.sinks.sentry;

/** Which links are published to Sentry. In every mode these are errors and messages only, because Sentry links no calls. */
public enum EventLinkMode {
    /** None. */
    OFF,
    /**
     * The links that Sentry cannot make by itself: all but those by the event's own replay id. For the latter Sentry makes its own link
     * under the error's project, and a second link would be counted twice.
     */
    MISSING,
    /** All links, for an installation in which Sentry makes none. */
    ALL
}
