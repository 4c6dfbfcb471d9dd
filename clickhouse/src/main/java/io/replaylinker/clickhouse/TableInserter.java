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
 * Inserts rows into one table as RowBinary with column names and types. Except for {@link #close}, not thread-safe. It never retries by
 * itself, because the caller owns the retry policy.
 */
public final class TableInserter implements AutoCloseable {

    /** Encoded rows, one after the other. Every call writes the same bytes. */
    @FunctionalInterface
    public interface EncodedRows {
        void writeTo(OutputStream out) throws IOException;
    }

    private final ClickHouse clickHouse;
    private final Table table;
    /** Created in the inserting thread, closed in the sink's. */
    private volatile @Nullable Client client;

    private Map<String, String> options = Map.of();

    public TableInserter(ClickHouse clickHouse, Table table) {
        this.clickHouse = clickHouse;
        this.table = table;
    }

    /**
     * Checks whether inserts can succeed, before the first one.
     *
     * @throws StorageException when they cannot, with its error class
     */
    public void prepare() {
        try (Connection connection = clickHouse.connect()) {
            List<Finding> findings =
                    new TableCheck(clickHouse.settings().database()).findings(connection, Tables.writtenWith(table));
            if (!findings.isEmpty()) {
                throw new StorageException(
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
     * @param what name of the rows in messages and in the server's query log
     * @param token deduplication token, by which the server drops rows that it already has
     * @throws StorageException when it is not certain that all rows are in
     */
    public void insert(String what, String token, EncodedRows rows) {
        Client client = openClient();
        InsertSettings settings =
                new InsertSettings().setDeduplicationToken(token).logComment("replay-linker " + what);
        options.forEach(settings::serverSetting);
        try {
            // The response comes when the insert has ended. Its counters do not report deduplicated rows.
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
            throw new StorageException(ErrorClass.RETRYABLE, "the insert of " + what + " was interrupted", e);
        } catch (ExecutionException | RuntimeException e) {
            throw clickHouse.failure("inserting " + what, e);
        }
    }

    /** The request pace that all inserters of this server share. */
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

    /** Writes the column types first. A server whose table has changed then refuses the rows instead of misreading them. */
    private void write(EncodedRows rows, OutputStream out) throws IOException {
        // A variable-length integer; one byte for values below 128.
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

    /** Releases all resources. An insert that is still running in its thread fails. */
    @Override
    public void close() {
        Client open = client;
        if (open != null) {
            open.close();
        }
    }
}
