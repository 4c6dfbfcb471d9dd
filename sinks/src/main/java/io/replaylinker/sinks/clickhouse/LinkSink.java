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

/** Links from their topic into the table {@code replay_links}. */
public final class LinkSink {

    private LinkSink() {}

    /** A sink, not yet started; when started it first looks whether the table is fit, and refuses to go on if not. */
    public static TopicSink<Link> create(
            ClickHouse clickHouse, SinkSource<Link> source, SinkSettings settings, MeterRegistry registry) {
        return new TopicSink<>(source, new LinkColumns()::encode, inserter(clickHouse), settings, registry);
    }

    /** The same with an answer to rows that do not fit. */
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
