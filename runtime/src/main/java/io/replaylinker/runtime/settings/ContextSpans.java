package io.replaylinker.runtime.settings;

/** What is kept of the spans inside a segment. */
public enum ContextSpans {
    /** Of streamed spans those that call other services: the edges between services. Of transactions all, as with {@link #IDS}. */
    CALLS,
    /** Ids, operations and times of all: every edge of the tree, and sums by operation. */
    IDS,
    /** Names and statuses too. */
    ON
}
