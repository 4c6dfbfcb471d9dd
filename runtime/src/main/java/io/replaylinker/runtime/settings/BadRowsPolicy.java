package io.replaylinker.runtime.settings;

/** What becomes of a row that ClickHouse refuses all alone. */
public enum BadRowsPolicy {
    /** The sink stops at it. */
    STOP,
    /** The row becomes a dead letter. */
    SET_ASIDE
}
