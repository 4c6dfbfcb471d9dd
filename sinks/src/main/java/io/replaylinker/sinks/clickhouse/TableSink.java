package io.replaylinker.sinks.clickhouse;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.LinkColumns;
import io.replaylinker.clickhouse.ReplayStateColumns;
import io.replaylinker.clickhouse.Table;
import io.replaylinker.clickhouse.TraceRecordColumns;
import io.replaylinker.clickhouse.UnlinkedColumns;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.sinks.BadRows;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.RowEncoder;
import io.replaylinker.sinks.SinkSettings;
import io.replaylinker.sinks.SinkSource;
import io.replaylinker.sinks.TopicSink;

/**
 * A table with the encoding of its rows. It creates the sinks that write a topic into the table.
 *
 * @param <T> record of the topic
 */
public record TableSink<T>(Table table, RowEncoder<T> encoder) {

    /** Links, in the table {@code replay_links}. */
    public static final TableSink<Link> LINKS = new TableSink<>(LinkColumns.TABLE, new LinkColumns()::encode);

    /** Replay states, in the table {@code replays}. */
    public static final TableSink<ReplayState> STATES =
            new TableSink<>(ReplayStateColumns.TABLE, new ReplayStateColumns()::encode);

    /** Unlinked events, and backend errors without a claim, in the table {@code link_coverage}. */
    public static final TableSink<Unlinked> UNLINKED =
            new TableSink<>(UnlinkedColumns.TABLE, new UnlinkedColumns()::encode);

    /** Nodes of traces and details of errors, in the table {@code trace_records}, from which views fill others. */
    public static TableSink<TraceNode> nodes(TraceRecordColumns.Retention retention) {
        return new TableSink<>(TraceRecordColumns.TABLE, new TraceRecordColumns(retention)::encode);
    }

    /** Creates a sink without starting it. When started, it first checks the table and stops if the table does not fit. */
    public TopicSink<T> create(
            ClickHouse clickHouse,
            SinkSource<T> source,
            SinkSettings settings,
            BadRows badRows,
            MeterRegistry registry) {
        return new TopicSink<>(source, encoder, inserter(clickHouse), settings, badRows, registry);
    }

    BatchInserter inserter(ClickHouse clickHouse) {
        return new ClickHouseInserter(clickHouse, table);
    }
}
