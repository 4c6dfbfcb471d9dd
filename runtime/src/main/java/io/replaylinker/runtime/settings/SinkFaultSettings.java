package io.replaylinker.runtime.settings;

import io.replaylinker.clickhouse.ErrorClasses;

/** Settings for faults of the sink, a part of the table in {@link WorkerSettings}. */
public final class SinkFaultSettings {

    public static final Setting<BadRowsPolicy> BAD_ROWS = Setting.of(
            "sink.bad-rows",
            ValueTypes.oneOf(BadRowsPolicy.class),
            "stop",
            "What to do with a row that ClickHouse refuses on its own: stop the sink, or set it aside as a dead letter.");
    public static final Setting<ErrorClasses> ERROR_CLASSES = Setting.of(
            "clickhouse.error-classes",
            errorClasses(),
            null,
            "Error classes of ClickHouse's error codes that override the built-in table.");

    private SinkFaultSettings() {}

    private static ValueType<ErrorClasses> errorClasses() {
        return new ValueType<>(
                "codes, each with retry, circuit-break, halve, split or stop, such as 241:retry,252:stop",
                ErrorClasses::parse);
    }
}
