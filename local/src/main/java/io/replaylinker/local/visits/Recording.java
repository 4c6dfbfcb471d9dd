package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.List;

/** The recorder of one visitor's session. */
final class Recording {

    enum Mode {
        SESSION,
        BUFFER,
        NONE
    }

    private static final long MINIMUM_MS = 5_000;
    private static final long CHECKOUT_MS = 60_000;

    final String replayId;
    final Mode mode;
    final boolean lost;
    final List<Listed> traces = new ArrayList<>();
    final List<Listed> errors = new ArrayList<>();
    long startMs;
    long endMs;
    /** When a browser error flushed the buffer. */
    long flushMs = Long.MAX_VALUE;
    /** The record time of the first segment that arrived. */
    long firstSeenMs = Long.MAX_VALUE;

    Recording(String replayId, Mode mode, boolean lost) {
        this.replayId = replayId;
        this.mode = mode;
        this.lost = lost;
    }

    /** Something that the next segment lists. */
    record Listed(long atMs, String id) {}

    /** Whether the browser names this replay as one that is being sent. */
    boolean names(long atMs) {
        return mode == Mode.SESSION || (mode == Mode.BUFFER && atMs >= flushMs);
    }

    /** Whether SDK 11 names it on a span, if only as buffering. */
    boolean onSpans() {
        return mode != Mode.NONE;
    }

    boolean sent() {
        return !lost && (mode == Mode.SESSION ? endMs - startMs >= MINIMUM_MS : flushMs != Long.MAX_VALUE);
    }

    /** The replay's first moment: a buffer reaches back to its last checkout only. */
    long firstMs() {
        return mode == Mode.SESSION ? startMs : flushMs - (flushMs - startMs) % CHECKOUT_MS;
    }

    void list(long atMs, Trace trace) {
        if (trace.sampled) {
            traces.add(new Listed(atMs, trace.id));
        }
    }
}
