package io.replaylinker.clickhouse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The server settings that an insert rests on, sent with each one because their defaults differ from version to version and from
 * profile to profile. A setting that a server does not know fails the insert, so the server is asked what it knows; to tell by
 * its version number would have to know which fixes a vendor carried back.
 */
final class InsertOptions {

    private static final Map<String, String> WANTED = Map.of(
            // The answer must mean that the rows are in the table; 1 is the default from 26.3 on.
            "async_insert", "0",
            "insert_deduplicate", "1",
            // The main switch from 26.2 on.
            "deduplicate_insert", "enable",
            // Off before 26.2: a repeated block would reach the views although the table drops it.
            "deduplicate_blocks_in_dependent_materialized_views", "1",
            // In a cluster: on the shards, and not in a queue of the server that was asked.
            "distributed_foreground_insert", "1",
            // Rows are partitioned by what a browser says of its clock: nobody may stop the sink with a hundred made-up
            // months.
            "max_partitions_per_insert_block", "0");

    private InsertOptions() {}

    static Map<String, String> knownTo(Connection connection) throws SQLException {
        Map<String, String> known = new LinkedHashMap<>();
        // Belongs to the HTTP interface, and stands in no list: the status tells how the insert ended, not how it
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
