package io.replaylinker.sinks;

/** Where a sink stands. */
public enum SinkState {
    /** Made, or looking whether its table is fit. */
    STARTING,
    /** Reading and inserting. */
    RUNNING,
    /** The last attempt failed and the same work is tried again; nothing is lost, the lag grows. */
    RETRYING,
    /** Closed. */
    CLOSED,
    /** Stopped by a failure that somebody must mend. */
    FAILED
}
