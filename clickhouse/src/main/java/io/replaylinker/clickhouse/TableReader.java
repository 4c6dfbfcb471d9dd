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
 * Questions to the tables by those who read them. Values travel beside the SQL as parameters of the server, written
 * {@code {name:Type}} in it, so a query here is the same text as a query in a handbook. Several threads may ask at once.
 */
public final class TableReader implements AutoCloseable {

    private final ClickHouse clickHouse;
    private final Client client;
    private final @Nullable Duration longest;

    /** Connects with the first question, which may take as long as it needs. */
    public TableReader(ClickHouse clickHouse) {
        this(clickHouse, null);
    }

    /**
     * Connects with the first question.
     *
     * @param longest after which the server gives a query up, whole seconds; null for its own limit
     */
    public TableReader(ClickHouse clickHouse, @Nullable Duration longest) {
        this.clickHouse = clickHouse;
        this.client = clickHouse.reader();
        this.longest = longest;
    }

    /**
     * All rows of an answer.
     *
     * @param doing what the question is about, for a message: "reading an event"
     * @param sql with tables named without their database
     * @param parameters by name: texts, numbers, or what {@link Parameters} makes of lists
     * @throws io.replaylinker.clickhouse.SinkException when the server cannot be reached or refuses
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
        // Row by row as the answer comes: the driver's list of all rows copies each of them into a map first.
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
