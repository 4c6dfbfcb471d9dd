package io.replaylinker.clickhouse;

import java.util.List;

/** How the migrations come out: for one server as they are written, or for a cluster. */
interface TableForm {

    static TableForm of(ClickHouseSettings settings) {
        Cluster cluster = settings.cluster();
        return cluster == null
                ? new SingleServerForm(settings.database())
                : new ClusterForm(settings.database(), cluster);
    }

    String createDatabase();

    /** What a statement of a migration, with the database in it, is here. */
    List<String> statements(String statement);

    /** The table that holds the rows, as ALTER TABLE names it. */
    String stored(String table);

    /** The same as system.tables names it. */
    String storedName(String table);
}
