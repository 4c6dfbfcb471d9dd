package io.replaylinker.clickhouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the existing tables with what the program needs. */
final class TableCheck {

    private static final String APPLY = "; bring it up to date with the command tables --apply";

    private final String database;

    TableCheck(String database) {
        this.database = database;
    }

    List<Finding> findings(Connection connection, List<Table> tables) throws SQLException {
        if (!databaseExists(connection)) {
            return List.of(new Finding("database " + database, "does not exist, or the user may not see it" + APPLY));
        }
        List<Finding> findings = new ArrayList<>();
        for (Table table : tables) {
            compare(table, columns(connection, table.name()), findings);
        }
        return findings;
    }

    private static void compare(Table table, Map<String, String> found, List<Finding> findings) {
        if (found.isEmpty()) {
            findings.add(new Finding("table " + table.name(), "does not exist" + APPLY));
            return;
        }
        for (Column column : table.allColumns()) {
            String subject = "column " + table.name() + "." + column.name();
            String type = found.get(column.name());
            if (type == null) {
                findings.add(new Finding(subject, "is missing" + APPLY));
            } else if (!type.equals(column.type())) {
                findings.add(new Finding(subject, "is " + type + " and must be " + column.type()));
            }
        }
    }

    boolean databaseExists(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT count() FROM system.databases WHERE name = ?")) {
            query.setString(1, database);
            try (ResultSet result = query.executeQuery()) {
                return result.next() && result.getLong(1) > 0;
            }
        }
    }

    /** Returns the column types by name; empty if there is no such table. */
    Map<String, String> columns(Connection connection, String table) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT name, type FROM system.columns WHERE database = ? AND table = ?")) {
            query.setString(1, database);
            query.setString(2, table);
            try (ResultSet result = query.executeQuery()) {
                Map<String, String> types = new HashMap<>();
                while (result.next()) {
                    types.put(result.getString(1), result.getString(2));
                }
                return types;
            }
        }
    }
}
