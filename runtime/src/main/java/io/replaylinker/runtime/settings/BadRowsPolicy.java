package io.replaylinker.runtime.settings;

/** What the sink does with a row that ClickHouse refuses when it is sent alone. */
public enum BadRowsPolicy {
    /** The sink stops at it. */
    STOP,
    /** The row becomes a dead letter. */
    SET_ASIDE
}
