package io.replaylinker.sinks.clickhouse;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.LinkColumns;
import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.BadRows;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.SinkSettings;
import io.replaylinker.sinks.SinkSource;
import io.replaylinker.sinks.TopicSink;

/** Creates the sink for links. It writes their topic into the table {@code replay_links}. */
public final class LinkSink {

    private LinkSink() {}

    /** Creates a sink without starting it. When started, it first checks the table and stops if the table does not fit. */
    public static TopicSink<Link> create(
            ClickHouse clickHouse, SinkSource<Link> source, SinkSettings settings, MeterRegistry registry) {
        return new TopicSink<>(source, new LinkColumns()::encode, inserter(clickHouse), settings, registry);
    }

    /** The same with a custom handling of bad rows. */
    public static TopicSink<Link> create(
            ClickHouse clickHouse,
            SinkSource<Link> source,
            SinkSettings settings,
            BadRows badRows,
            MeterRegistry registry) {
        return new TopicSink<>(source, new LinkColumns()::encode, inserter(clickHouse), settings, badRows, registry);
    }

    static BatchInserter inserter(ClickHouse clickHouse) {
        return new ClickHouseInserter(clickHouse, LinkColumns.TABLE);
    }
}
