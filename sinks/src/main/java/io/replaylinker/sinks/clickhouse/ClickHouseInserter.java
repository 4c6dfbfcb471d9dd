package io.replaylinker.sinks.clickhouse;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.RequestPace;
import io.replaylinker.clickhouse.Table;
import io.replaylinker.clickhouse.TableInserter;
import io.replaylinker.sinks.Batch;
import io.replaylinker.sinks.BatchInserter;

/** Inserts the batches of a topic into one table. The token of a batch lets the server deduplicate it. Its range of offsets is its name. */
final class ClickHouseInserter implements BatchInserter {

    private final TableInserter table;

    ClickHouseInserter(ClickHouse clickHouse, Table table) {
        this.table = new TableInserter(clickHouse, table);
    }

    @Override
    public void prepare() {
        table.prepare();
    }

    @Override
    public void insert(Batch batch) {
        table.insert(batch.range(), batch.token(), batch::writeTo);
    }

    @Override
    public RequestPace pace() {
        return table.pace();
    }

    @Override
    public void close() {
        table.close();
    }
}
