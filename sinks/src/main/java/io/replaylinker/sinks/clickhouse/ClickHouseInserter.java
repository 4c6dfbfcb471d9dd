package io.replaylinker.sinks.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.data_formats.RowBinaryFormatSerializer;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import io.replaylinker.sinks.Batch;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.ErrorClass;
import io.replaylinker.sinks.RequestPace;
import io.replaylinker.sinks.SinkException;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Batches into one table, as RowBinary with the columns and their types spelled out. The token lets the server drop a batch that it has already;
 * the range of offsets goes into the query log, where people look for it.
 */
final class ClickHouseInserter implements BatchInserter {

    private final ClickHouse clickHouse;
    private final Table table;
    /** Made in the inserting thread, closed in the sink's. */
    private volatile @Nullable Client client;

    private Map<String, String> options = Map.of();

    ClickHouseInserter(ClickHouse clickHouse, Table table) {
        this.clickHouse = clickHouse;
        this.table = table;
    }

    @Override
    public void prepare() {
        try (Connection connection = clickHouse.connect()) {
            List<Finding> findings =
                    new TableCheck(clickHouse.settings().database()).findings(connection, Tables.writtenWith(table));
            if (!findings.isEmpty()) {
                throw new SinkException(
                        ErrorClass.PERMANENT,
                        clickHouse.settings() + ": "
                                + findings.stream().map(Finding::toString).collect(Collectors.joining("; ")));
            }
            options = InsertOptions.knownTo(connection);
        } catch (SQLException e) {
            throw clickHouse.failure("checking the tables", e);
        }
    }

    @Override
    public void insert(Batch batch) {
        Client client = openClient();
        InsertSettings settings =
                new InsertSettings().setDeduplicationToken(batch.token()).logComment("replay-linker " + batch.range());
        options.forEach(settings::serverSetting);
        try {
            // The answer comes when the insert has ended; its counters say nothing about rows that were dropped as
            // known.
            client.insert(
                            table.qualified(clickHouse.settings()),
                            table.quotedColumns(),
                            out -> write(batch, out),
                            ClickHouseFormat.RowBinaryWithNamesAndTypes,
                            settings)
                    .get()
                    .close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SinkException(ErrorClass.RETRYABLE, "the insert of " + batch.range() + " was interrupted", e);
        } catch (ExecutionException | RuntimeException e) {
            throw clickHouse.failure("inserting " + batch.range(), e);
        }
    }

    @Override
    public RequestPace pace() {
        return clickHouse.pace();
    }

    private Client openClient() {
        Client open = client;
        if (open == null) {
            open = clickHouse.inserter();
            client = open;
        }
        return open;
    }

    /** With the types in front, so that a server whose table was changed meanwhile refuses the bytes and does not misread them. */
    private void write(Batch batch, OutputStream out) throws IOException {
        // A number of variable length, which below 128 is one byte.
        out.write(table.columns().size());
        RowBinaryFormatSerializer header = new RowBinaryFormatSerializer(out);
        for (Column column : table.columns()) {
            header.writeString(column.name().getBytes(UTF_8));
        }
        for (Column column : table.columns()) {
            header.writeString(column.type().getBytes(UTF_8));
        }
        batch.writeTo(out);
        out.close();
    }

    @Override
    public void close() {
        Client open = client;
        if (open != null) {
            open.close();
        }
    }
}
