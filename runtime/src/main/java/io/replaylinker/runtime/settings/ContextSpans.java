package io.replaylinker.runtime.settings;

/** What is kept of the spans inside a segment. */
public enum ContextSpans {
    /** Ids, operations and times: the edges of the tree, and sums by operation. */
    IDS,
    /** Names and statuses too. */
    ON
}
