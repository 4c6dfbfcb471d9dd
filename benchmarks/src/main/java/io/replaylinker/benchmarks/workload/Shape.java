package io.replaylinker.benchmarks.workload;

/** How the same number of records is spread over replays and traces. */
public enum Shape {
    /** All replays are alike, and each trace belongs to one replay. */
    EVEN,
    /** Every other replay lists one and the same trace first, in place of one of its own. */
    HOT_TRACE,
    /** One replay of ten minutes has a tenth of all events, taken from those of the others that carry an id. */
    HOT_REPLAY
}
