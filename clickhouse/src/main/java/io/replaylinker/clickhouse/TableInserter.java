package io.replaylinker.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.data_formats.RowBinaryFormatSerializer;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
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
 * Rows into one table, as RowBinary with the columns and their types spelled out. Used by one thread at a time, but for {@link #close}. It
 * never retries by itself, because the caller owns the policy.
 */
public final class TableInserter implements AutoCloseable {

    /** Encoded rows, one after the other, the same in every call. */
    @FunctionalInterface
    public interface EncodedRows {
        void writeTo(OutputStream out) throws IOException;
    }

    private final ClickHouse clickHouse;
    private final Table table;
    /** Made in the inserting thread, closed in the sink's. */
    private volatile @Nullable Client client;

    private Map<String, String> options = Map.of();

    public TableInserter(ClickHouse clickHouse, Table table) {
        this.clickHouse = clickHouse;
        this.table = table;
    }

    /**
     * Looks whether inserts can work at all, before the first one.
     *
     * @throws SinkException when they cannot, and whether that may pass
     */
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

    /**
     * Inserts encoded rows.
     *
     * @param what name of the rows in messages, and in the query log, where people look for it
     * @param token lets the server drop rows that it has already
     * @throws SinkException when it is not certain that all rows are in
     */
    public void insert(String what, String token, EncodedRows rows) {
        Client client = openClient();
        InsertSettings settings =
                new InsertSettings().setDeduplicationToken(token).logComment("replay-linker " + what);
        options.forEach(settings::serverSetting);
        try {
            // The answer comes when the insert has ended; its counters say nothing about rows that were dropped as
            // known.
            client.insert(
                            table.qualified(clickHouse.settings()),
                            table.quotedColumns(),
                            out -> write(rows, out),
                            ClickHouseFormat.RowBinaryWithNamesAndTypes,
                            settings)
                    .get()
                    .close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SinkException(ErrorClass.RETRYABLE, "the insert of " + what + " was interrupted", e);
        } catch (ExecutionException | RuntimeException e) {
            throw clickHouse.failure("inserting " + what, e);
        }
    }

    /** Shared by all inserters of this server. */
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
    private void write(EncodedRows rows, OutputStream out) throws IOException {
        // A number of variable length, which below 128 is one byte.
        out.write(table.columns().size());
        RowBinaryFormatSerializer header = new RowBinaryFormatSerializer(out);
        for (Column column : table.columns()) {
            header.writeString(column.name().getBytes(UTF_8));
        }
        for (Column column : table.columns()) {
            header.writeString(column.type().getBytes(UTF_8));
        }
        rows.writeTo(out);
        out.close();
    }

    /** Lets go of everything; an insert that is still under way in its thread fails. */
    @Override
    public void close() {
        Client open = client;
        if (open != null) {
            open.close();
        }
    }
}
