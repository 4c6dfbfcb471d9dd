package io.replaylinker.tools.reprocess;

/** What a topic that is read brings. */
enum SourceKind {
    EVENTS,
    SPANS,
    REPLAYS;

    /** Of an event or a segment span, whose link may be meant. */
    boolean hasEvents() {
        return this != REPLAYS;
    }
}
