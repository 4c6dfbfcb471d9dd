package io.replaylinker.clickhouse;

import java.util.List;

/** The form of the migrations: unchanged for a single server, or rewritten for a cluster. */
interface TableForm {

    static TableForm of(ClickHouseSettings settings) {
        Cluster cluster = settings.cluster();
        return cluster == null
                ? new SingleServerForm(settings.database())
                : new ClusterForm(settings.database(), cluster);
    }

    String createDatabase();

    /** Returns the statements that replace one statement of a migration. The database name is already in it. */
    List<String> statements(String statement);

    /** The table that holds the rows, in the syntax of ALTER TABLE. */
    String stored(String table);

    /** The name of the same table in system.tables. */
    String storedName(String table);
}
