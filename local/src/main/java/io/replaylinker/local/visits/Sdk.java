package io.replaylinker.local.visits;

import java.util.Locale;

/** The generation of the SDK in the browser (or app) of a visit. */
public enum Sdk {
    /** Sends transactions; a context that was continued from a server is frozen. */
    SDK10,
    /** Sends each span as it ends; names its replay on every span. */
    SDK11,
    /** The event belongs to no visit. */
    NONE;

    /** The name as tables show it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
