package io.replaylinker.topology.join;

/** What the bytes of a step's state contain. */
public enum StateKind {
    /** Events that wait or may still be revised. */
    EVENTS,
    /** Observations of visits and replays. */
    OBSERVATIONS,
    /** Spans that are no waiting event. */
    SPANS,
    /** Timers, which are no rows. */
    TIMERS,
    /** All other rows. */
    OTHER
}
