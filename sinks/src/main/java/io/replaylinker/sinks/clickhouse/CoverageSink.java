package io.replaylinker.sinks.clickhouse;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.UnlinkedColumns;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.sinks.BadRows;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.SinkSettings;
import io.replaylinker.sinks.SinkSource;
import io.replaylinker.sinks.TopicSink;

/**
 * Creates the sink for unlinked events and for backend errors without a claim. It writes their topic into the table {@code link_coverage}.
 */
public final class CoverageSink {

    private CoverageSink() {}

    /** Creates a sink without starting it. When started, it first checks the table and stops if the table does not fit. */
    public static TopicSink<Unlinked> create(
            ClickHouse clickHouse,
            SinkSource<Unlinked> source,
            SinkSettings settings,
            BadRows badRows,
            MeterRegistry registry) {
        return new TopicSink<>(
                source, new UnlinkedColumns()::encode, inserter(clickHouse), settings, badRows, registry);
    }

    static BatchInserter inserter(ClickHouse clickHouse) {
        return new ClickHouseInserter(clickHouse, UnlinkedColumns.TABLE);
    }
}
