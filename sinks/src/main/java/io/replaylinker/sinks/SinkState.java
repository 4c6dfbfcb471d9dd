package io.replaylinker.sinks;

/** The state of a sink. */
public enum SinkState {
    /** Created, or checking its table. */
    STARTING,
    /** Reading and inserting. */
    RUNNING,
    /** The last attempt failed and the same work is retried. Nothing is lost, and the lag grows. */
    RETRYING,
    /** Closed. */
    CLOSED,
    /** Stopped by a failure that an operator must fix. */
    FAILED
}
