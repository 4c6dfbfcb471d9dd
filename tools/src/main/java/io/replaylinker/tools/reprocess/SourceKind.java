package io.replaylinker.tools.reprocess;

/** The kind of records in a source topic. */
enum SourceKind {
    EVENTS,
    SPANS,
    REPLAYS;

    /** Whether it has events or segment spans, whose links may be in the range. */
    boolean hasEvents() {
        return this != REPLAYS;
    }
}
