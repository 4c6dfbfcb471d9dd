package io.replaylinker.runtime.settings;

/** What a worker does; both by default. */
public enum Role {
    /** Reads the sources and joins them into the output topics. */
    JOIN,
    /** Writes the links into ClickHouse. */
    SINK
}
