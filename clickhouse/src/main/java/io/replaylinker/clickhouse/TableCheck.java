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

    private static final String COMMAND = "the command tables --apply";
    private static final String APPLY = "; bring it up to date with " + COMMAND;

    private final String database;

    TableCheck(String database) {
        this.database = database;
    }

    List<Finding> findings(Connection connection, List<Table> tables) throws SQLException {
        if (!databaseExists(connection)) {
            return List.of(new Finding("database " + database, "does not exist, or the user may not see it" + APPLY));
        }
        List<String> missing = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (Table table : tables) {
            Map<String, String> found = columns(connection, table.name());
            if (found.isEmpty()) {
                missing.add(table.name());
            } else {
                compare(table, found, findings);
            }
        }
        findings.addAll(0, missing(missing));
        return findings;
    }

    /** One finding for all missing tables: mostly none was created, and one command creates all. */
    static List<Finding> missing(List<String> tables) {
        return switch (tables.size()) {
            case 0 -> List.of();
            case 1 -> List.of(new Finding("table " + tables.get(0), "does not exist" + APPLY));
            default ->
                List.of(new Finding(
                        "tables", String.join(", ", tables) + " do not exist; create them with " + COMMAND));
        };
    }

    private static void compare(Table table, Map<String, String> found, List<Finding> findings) {
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
