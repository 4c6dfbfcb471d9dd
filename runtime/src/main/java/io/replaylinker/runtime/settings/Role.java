package io.replaylinker.runtime.settings;

import java.util.Locale;

/** What a worker does; both by default. */
public enum Role {
    /** Reads the sources and joins them into the output topics. */
    JOIN,
    /** Writes the links into ClickHouse. */
    SINK;

    /** As in the setting. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
