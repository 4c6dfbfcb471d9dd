package io.replaylinker.sinks.clickhouse;

import io.replaylinker.testkit.ClickHouseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A database of its own on a running server, for one test. */
final class TestDatabase {

    private final ClickHouse clickHouse;

    private TestDatabase(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
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
        try (Connection connection = clickHouse.connect();
                Statement statement = connection.createStatement();
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
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The event ids of the links that hold today, the first eight digits of each. */
    List<String> currentEvents() {
        List<String> events = new ArrayList<>();
        new LinkReader(clickHouse).forEach(row -> events.add(row.eventId().substring(8, 16)));
        return events;
    }
}
