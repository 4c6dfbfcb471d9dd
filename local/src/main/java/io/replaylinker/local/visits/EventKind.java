package io.replaylinker.local.visits;

import java.util.Locale;

/** What an event is on the wire. */
public enum EventKind {
    /** On topic {@code events}. */
    ERROR,
    /** On topic {@code transactions}. */
    TRANSACTION,
    /** A segment span on topic {@code ingest-spans}; its event id is its span id followed by sixteen zeros. */
    SPAN;

    /** The name as tables show it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
