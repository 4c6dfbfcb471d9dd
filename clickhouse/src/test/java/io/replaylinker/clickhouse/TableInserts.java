package io.replaylinker.clickhouse;

import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/** The sinks' own ways into the tables of a database, without a topic. */
final class TableInserts implements AutoCloseable {

    /** Timestamp in Kafka of all records. */
    static final long RECORD_MS = SampleLinks.START_MS + 120_000;

    static final TraceRecordColumns.Retention RETENTION = new TraceRecordColumns.Retention(7, 3, 90);

    private final TableInserter links;
    private final TableInserter states;
    private final TableInserter unlinked;
    private final TableInserter nodes;

    TableInserts(ClickHouse clickHouse) {
        links = new TableInserter(clickHouse, LinkColumns.TABLE);
        states = new TableInserter(clickHouse, ReplayStateColumns.TABLE);
        unlinked = new TableInserter(clickHouse, UnlinkedColumns.TABLE);
        nodes = new TableInserter(clickHouse, TraceRecordColumns.TABLE);
        List.of(links, states, unlinked, nodes).forEach(TableInserter::prepare);
    }

    void insertLinks(List<Link> batch) {
        insert(links, new LinkColumns()::encode, batch);
    }

    void insertReplayStates(List<ReplayState> batch) {
        insert(states, new ReplayStateColumns()::encode, batch);
    }

    void insertUnlinked(List<Unlinked> batch) {
        insert(unlinked, new UnlinkedColumns()::encode, batch);
    }

    void insertNodes(List<TraceNode> batch) {
        insert(nodes, new TraceRecordColumns(RETENTION)::encode, batch);
    }

    void insert(History history) {
        insertReplayStates(history.replayStates());
        insertLinks(history.links());
        insertUnlinked(history.unlinked());
    }

    /** The same values are the same token. */
    static <T> void insert(TableInserter table, RowEncoder<T> encoder, List<T> values) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try {
            for (T value : values) {
                encoder.encode(value, RECORD_MS, rows);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String token = UUID.nameUUIDFromBytes(rows.toByteArray()).toString();
        table.insert(values.size() + " samples", token, rows::writeTo);
    }

    @Override
    public void close() {
        List.of(links, states, unlinked, nodes).forEach(TableInserter::close);
    }
}
