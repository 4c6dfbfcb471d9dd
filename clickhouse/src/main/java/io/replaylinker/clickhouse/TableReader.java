package io.replaylinker.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Queries the tables. Values are passed as server parameters, written {@code {name:Type}} in the SQL, so a query here has the same text as
 * in the handbook. Thread-safe.
 */
public final class TableReader implements AutoCloseable {

    private final ClickHouse clickHouse;
    private final Client client;
    private final @Nullable Duration longest;

    /** A reader without a time limit for its queries. It connects with the first query. */
    public TableReader(ClickHouse clickHouse) {
        this(clickHouse, null);
    }

    /**
     * A reader with a time limit for its queries. It connects with the first query.
     *
     * @param longest time after which the server cancels a query, whole seconds; null for the server's own limit
     */
    public TableReader(ClickHouse clickHouse, @Nullable Duration longest) {
        this.clickHouse = clickHouse;
        this.client = clickHouse.reader();
        this.longest = longest;
    }

    /**
     * Returns all rows of a query's result.
     *
     * @param doing the purpose of the query in error messages, such as "reading an event"
     * @param sql with table names without a database
     * @param parameters by name: strings, numbers, or lists as {@link Parameters} encodes them
     * @throws io.replaylinker.clickhouse.StorageException when the server cannot be reached or refuses
     */
    @SuppressWarnings("try") // the driver declares every exception for closing
    public <T> List<T> rows(String doing, String sql, Map<String, Object> parameters, Function<TableRow, T> reader) {
        QuerySettings settings = new QuerySettings()
                .setFormat(ClickHouseFormat.RowBinaryWithNamesAndTypes)
                .setDatabase(clickHouse.settings().database())
                .waitEndOfQuery(true)
                .logComment("replay-linker " + doing);
        if (longest != null) {
            settings.setMaxExecutionTime(Math.toIntExact(longest.toSeconds()));
        }
        // Streams the rows. The driver's list of all rows would copy each of them into a map first.
        try (QueryResponse response = client.query(sql, parameters, settings).join();
                ClickHouseBinaryFormatReader answer = client.newBinaryFormatReader(response)) {
            TableRow row = new TableRow(answer);
            List<T> rows = new ArrayList<>();
            while (answer.next() != null) {
                rows.add(reader.apply(row));
            }
            return List.copyOf(rows);
        } catch (Exception e) {
            throw clickHouse.failure(doing, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
