package io.replaylinker.clickhouse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks, before a sink starts, what has to be right on a server apart from its tables. It changes nothing. */
public final class Inspection {

    /** The statement that checks a grant came with 24.12. Older servers report a syntax error. */
    private static final int SYNTAX_ERROR = 62;

    private final ClickHouse clickHouse;
    private final Clock clock;

    public Inspection(ClickHouse clickHouse, Clock clock) {
        this.clickHouse = clickHouse;
        this.clock = clock;
    }

    /**
     * Queries the server.
     *
     * @throws StorageException when the server cannot be reached or refuses
     */
    public ServerFacts ask() {
        try (Connection connection = clickHouse.connect()) {
            Instant before = clock.instant();
            List<String> answer = row(
                    connection,
                    "SELECT version(), toString(toUnixTimestamp64Milli(now64(3))), toString(getSetting('readonly'))");
            Instant middle =
                    before.plus(Duration.between(before, clock.instant()).dividedBy(2));
            return new ServerFacts(
                    answer.get(0),
                    Duration.between(middle, Instant.ofEpochMilli(Long.parseLong(answer.get(1)))),
                    !answer.get(2).equals("0"),
                    missingRights(connection));
        } catch (SQLException e) {
            throw clickHouse.failure("asking the server about itself", e);
        }
    }

    private Optional<List<String>> missingRights(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>();
        for (String right : needed()) {
            try {
                if (!row(connection, "CHECK GRANT " + right).get(0).equals("1")) {
                    missing.add(right.replace("`", "").replace(" ON ", " on "));
                }
            } catch (SQLException e) {
                if (e.getErrorCode() == SYNTAX_ERROR) {
                    return Optional.empty();
                }
                throw e;
            }
        }
        return Optional.of(missing);
    }

    /** The sink inserts into its tables. Views read and write with the rights of the inserting user unless they define their own. */
    private List<String> needed() {
        return Tables.all().stream()
                .flatMap(table -> (table.columns().isEmpty() ? Stream.of("SELECT") : Stream.of("SELECT", "INSERT"))
                        .map(right -> right + " ON " + table.qualified(clickHouse.settings())))
                .toList();
    }

    private static List<String> row(Connection connection, String sql) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet result = query.executeQuery(sql)) {
            List<String> row = new ArrayList<>();
            if (result.next()) {
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
            }
            return row;
        }
    }
}
