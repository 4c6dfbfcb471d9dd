package io.replaylinker.clickhouse;

import java.util.List;

/** The DDL of the tables for a single server: unchanged. */
record SingleServerForm(String database) implements TableForm {

    @Override
    public String createDatabase() {
        return "CREATE DATABASE IF NOT EXISTS " + Quoting.name(database);
    }

    @Override
    public List<String> statements(String statement) {
        return List.of(statement);
    }

    @Override
    public String stored(String table) {
        return Quoting.name(database) + "." + Quoting.name(table);
    }

    @Override
    public String storedName(String table) {
        return table;
    }
}
