package io.replaylinker.sinks.clickhouse;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ReplayStateColumns;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.sinks.BadRows;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.SinkSettings;
import io.replaylinker.sinks.SinkSource;
import io.replaylinker.sinks.TopicSink;

/** What is known of each replay, from its topic into the table {@code replays}. */
public final class ReplayStateSink {

    private ReplayStateSink() {}

    /** A sink, not yet started; when started it first looks whether the table is fit, and refuses to go on if not. */
    public static TopicSink<ReplayState> create(
            ClickHouse clickHouse,
            SinkSource<ReplayState> source,
            SinkSettings settings,
            BadRows badRows,
            MeterRegistry registry) {
        return new TopicSink<>(
                source, new ReplayStateColumns()::encode, inserter(clickHouse), settings, badRows, registry);
    }

    static BatchInserter inserter(ClickHouse clickHouse) {
        return new ClickHouseInserter(clickHouse, ReplayStateColumns.TABLE);
    }
}
