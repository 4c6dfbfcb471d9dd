package io.replaylinker.topology.join;

/** What to do for an event of a trace that several visits share, when nothing ties it to one of them. */
public enum SharedTrace {
    /** No link. */
    NONE,
    /** The replay that is nearest in time, at a low confidence; no link where none is clearly nearest. */
    NEAREST
}
