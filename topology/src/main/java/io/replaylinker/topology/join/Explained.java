package io.replaylinker.topology.join;

/** What the ids are of that select the events to explain. */
public enum Explained {
    EVENT,
    /** The trace that an event is looked up by. */
    TRACE,
    /** The replay that an event was resolved to. */
    REPLAY
}
