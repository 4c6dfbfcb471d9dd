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

/** Creates the sink for replay states. It writes their topic into the table {@code replays}. */
public final class ReplayStateSink {

    private ReplayStateSink() {}

    /** Creates a sink without starting it. When started, it first checks the table and stops if the table does not fit. */
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
