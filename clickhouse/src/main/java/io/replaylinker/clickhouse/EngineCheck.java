package io.replaylinker.clickhouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the engines of the tables with those of the DDL. A table with the right columns but a different engine keeps every duplicate
 * row.
 */
final class EngineCheck {

    private static final Pattern CREATED =
            Pattern.compile("CREATE TABLE IF NOT EXISTS `[^`]+`\\.`(\\w+)`.*?\\bENGINE = (\\w+)", Pattern.DOTALL);

    /** Matches the same engine in its replicated or shared form. */
    private static final Pattern FORM = Pattern.compile("^(Replicated|Shared)");

    private final String database;

    EngineCheck(String database) {
        this.database = database;
    }

    /**
     * Checks the tables that exist.
     *
     * @param statements the DDL in the form for this server
     */
    List<Finding> findings(Connection connection, List<String> statements) throws SQLException {
        Map<String, String> found = engines(connection);
        List<Finding> findings = new ArrayList<>();
        for (String statement : statements) {
            Matcher created = CREATED.matcher(statement);
            if (created.find()) {
                String table = created.group(1);
                String engine = found.get(table);
                if (engine != null && !bare(engine).equals(bare(created.group(2)))) {
                    findings.add(new Finding(
                            "table " + table,
                            "has the engine " + engine + " and must have " + created.group(2)
                                    + "; drop or rename it, and make it with the command tables --apply"));
                }
            }
        }
        return findings;
    }

    private static String bare(String engine) {
        return FORM.matcher(engine).replaceFirst("");
    }

    private Map<String, String> engines(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT name, engine FROM system.tables WHERE database = ?")) {
            query.setString(1, database);
            try (ResultSet result = query.executeQuery()) {
                Map<String, String> engines = new HashMap<>();
                while (result.next()) {
                    engines.put(result.getString(1), result.getString(2));
                }
                return engines;
            }
        }
    }
}
