package io.replaylinker.sinks.sentry;

/** Which links Sentry is told. Only errors and messages, in each mode: Sentry links no calls. */
public enum EventLinkMode {
    /** None. */
    OFF,
    /**
     * Those that Sentry cannot make by itself: all but those by the event's own replay id. For these Sentry makes its own link, under
     * the error's project, and a second one would be counted twice.
     */
    MISSING,
    /** All of them, for an installation in which Sentry makes none. */
    ALL
}
