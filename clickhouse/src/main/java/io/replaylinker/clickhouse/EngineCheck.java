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
 * Compares the engines of tables with those of the DDL: a table that somebody made of the right columns alone keeps every row that
 * comes twice.
 */
final class EngineCheck {

    private static final Pattern CREATED =
            Pattern.compile("CREATE TABLE IF NOT EXISTS `[^`]+`\\.`(\\w+)`.*?\\bENGINE = (\\w+)", Pattern.DOTALL);

    /** The same engine where servers copy from each other, or share their storage. */
    private static final Pattern FORM = Pattern.compile("^(Replicated|Shared)");

    private final String database;

    EngineCheck(String database) {
        this.database = database;
    }

    /**
     * Looks at those that are there.
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
