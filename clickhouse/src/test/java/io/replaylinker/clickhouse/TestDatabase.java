package io.replaylinker.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.clickhouse.query.Links;
import io.replaylinker.embedded.ClickHouseServer;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/** A database of its own on a running server, for one test. */
final class TestDatabase {

    private final ClickHouse clickHouse;

    private TestDatabase(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    static TestDatabase of(ClickHouse clickHouse) {
        return new TestDatabase(clickHouse);
    }

    /** Nothing in it, not even made. */
    static TestDatabase named(ClickHouseServer server) {
        String name = "t_" + UUID.randomUUID().toString().replace("-", "");
        return new TestDatabase(
                new ClickHouse(ClickHouseSettings.of(server.httpUrl(), name, server.user(), server.password())
                        .uncompressed()));
    }

    /** With all tables. */
    static TestDatabase migrated(ClickHouseServer server) {
        TestDatabase database = named(server);
        new Migrations(database.clickHouse).apply(line -> {});
        // The samples are from a fixed day, which retention will have passed one day.
        new Migrations(database.clickHouse).keepForever();
        return database;
    }

    /** Takes all rows out of all tables, and what the tables know of blocks that were inserted. */
    void truncate() {
        String name = clickHouse.settings().database();
        query("SELECT name FROM system.tables WHERE database = '" + name + "' AND engine LIKE '%MergeTree'"
                        + " AND name != 'replay_linker_migrations'")
                .forEach(table -> execute("TRUNCATE TABLE `" + name + "`.`" + table + "`"));
    }

    ClickHouse clickHouse() {
        return clickHouse;
    }

    String table() {
        return LinkColumns.TABLE.qualified(clickHouse.settings());
    }

    void execute(String sql) {
        try (Connection connection = clickHouse.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** All rows, their columns as text with a tab in between. */
    List<String> query(String sql) {
        try (Connection connection = clickHouse.connect()) {
            return rows(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Rows of SQL that names tables without their database, as ClickHouse's own TabSeparated. */
    List<String> queryInside(String sql) {
        return queryInside(sql, Map.of());
    }

    /** The same with parameters, in the form that ClickHouse reads. */
    List<String> queryInside(String sql, Map<String, Object> parameters) {
        QuerySettings settings = new QuerySettings()
                .setDatabase(clickHouse.settings().database())
                .setFormat(ClickHouseFormat.TabSeparated);
        try (Client client = clickHouse.reader()) {
            InputStream answer = client.query(sql, parameters, settings).get().getInputStream();
            return new String(answer.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException | ExecutionException | InterruptedException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Rows in RowBinary, as a tool without tokens inserts them, on a server that does not deduplicate. */
    void insertWithoutToken(Table table, byte[] rows) {
        InsertSettings settings = new InsertSettings();
        settings.serverSetting("async_insert", "0");
        settings.serverSetting("insert_deduplicate", "0");
        try (Client client = clickHouse.inserter()) {
            client.insert(
                            table.qualified(clickHouse.settings()),
                            table.quotedColumns(),
                            out -> {
                                out.write(rows);
                                out.close();
                            },
                            ClickHouseFormat.RowBinary,
                            settings)
                    .get()
                    .close();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(table.name(), e);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("\t", row));
            }
            return rows;
        }
    }

    /** The event ids of the links that hold today, the first eight digits of each. */
    List<String> currentEvents() {
        return currentLinks().stream()
                .map(link -> link.eventId().substring(8, 16))
                .toList();
    }

    List<LinkedEvent> currentLinks() {
        try (TableReader tables = new TableReader(clickHouse)) {
            return new Links(tables).all();
        }
    }
}
