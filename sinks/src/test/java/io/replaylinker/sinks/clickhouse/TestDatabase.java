package io.replaylinker.sinks.clickhouse;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.Migrations;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.query.Links;
import io.replaylinker.embedded.ClickHouseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A database of its own on a running server, for one test of a sink. */
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

    /** The table of links, in SQL. */
    String table() {
        return "`" + clickHouse.settings().database() + "`.`replay_links`";
    }

    void execute(String sql) {
        try (Connection connection = clickHouse.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** All rows, their columns separated by tabs. */
    List<String> query(String sql) {
        try (Connection connection = clickHouse.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    columns.add(result.getString(i));
                }
                rows.add(String.join("\t", columns));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The event ids of the links that hold today, the first eight digits of each. */
    List<String> currentEvents() {
        try (TableReader tables = new TableReader(clickHouse)) {
            return new Links(tables)
                    .all().stream().map(link -> link.eventId().substring(8, 16)).toList();
        }
    }
}
