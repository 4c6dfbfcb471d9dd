package io.replaylinker.clickhouse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The server settings that an insert depends on. They are sent with each insert, because their defaults differ between versions and
 * profiles. An unknown setting fails the insert, so the server is asked which settings it knows. A version number is not enough, because
 * vendors backport fixes.
 */
final class InsertOptions {

    private static final Map<String, String> WANTED = Map.of(
            // The response must mean that the rows are in the table. The default is 1 from 26.3 on.
            "async_insert", "0",
            "insert_deduplicate", "1",
            // The main switch from 26.2 on.
            "deduplicate_insert", "enable",
            // Off before 26.2: a repeated block would reach the views although the table drops it.
            "deduplicate_blocks_in_dependent_materialized_views", "1",
            // In a cluster, rows go to the shards and not to a queue of the server that received the insert.
            "distributed_foreground_insert", "1",
            // Partitions follow the browser's clock. A client that sends a hundred invented months must not stop the
            // sink.
            "max_partitions_per_insert_block", "0");

    private InsertOptions() {}

    static Map<String, String> knownTo(Connection connection) throws SQLException {
        Map<String, String> known = new LinkedHashMap<>();
        // An option of the HTTP interface that is in no list: the status then reports how the insert ended, not how it
        // began.
        known.put("wait_end_of_query", "1");
        try (Statement query = connection.createStatement();
                ResultSet result = query.executeQuery("SELECT name FROM system.settings")) {
            while (result.next()) {
                String name = result.getString(1);
                String value = WANTED.get(name);
                if (value != null) {
                    known.put(name, value);
                }
            }
        }
        return known;
    }
}
