package io.replaylinker.local.visits;

import java.util.Locale;

/** Where the trace of a page came from. */
public enum PageKind {
    /** The browser started the trace: a static page, or a navigation inside a page. */
    OWN,
    /** A server rendered the page for this visit and started the trace; the page continues it. */
    RENDERED,
    /** A server rendered one copy, with one trace and one sampling decision, and a cache gave it to many visitors. */
    CACHED,
    /** The event belongs to no visit. */
    NONE;

    /** The name as tables show it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
