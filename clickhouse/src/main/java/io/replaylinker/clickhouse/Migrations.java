package io.replaylinker.clickhouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates and checks the tables. A separate command runs it, never the sink, so the sink's user needs no right to change tables. */
public final class Migrations {

    private static final String JOURNAL = "replay_linker_migrations";

    private final ClickHouse clickHouse;
    private final String database;
    private final TableForm form;
    private final List<Migration> migrations;
    private final @Nullable SentryPages pages;

    /** The tables, with the addresses of Sentry's pages as they are there. */
    public Migrations(ClickHouse clickHouse) {
        this(clickHouse, Migration.all(), null);
    }

    /** The tables, and the addresses that the views show. */
    public Migrations(ClickHouse clickHouse, SentryPages pages) {
        this(clickHouse, Migration.all(), pages);
    }

    Migrations(ClickHouse clickHouse, List<Migration> migrations) {
        this(clickHouse, migrations, null);
    }

    private Migrations(ClickHouse clickHouse, List<Migration> migrations, @Nullable SentryPages pages) {
        this.clickHouse = clickHouse;
        this.database = clickHouse.settings().database();
        this.form = TableForm.of(clickHouse.settings());
        this.migrations = migrations;
        this.pages = pages;
    }

    /**
     * Returns all DDL as SQL, including the database, in the form for the settings' cluster if there is one. It can be read or applied by
     * other means.
     */
    public String print() {
        return Stream.concat(statements().stream(), pagesStatements().stream())
                .map(statement -> statement + ";\n")
                .collect(Collectors.joining("\n", form.createDatabase() + ";\n\n", ""));
    }

    /**
     * Creates the database and the missing tables. It is idempotent and may be repeated after an interruption.
     *
     * @param report receives one line per step
     * @throws StorageException when the server cannot be reached or refuses
     */
    public void apply(Consumer<String> report) {
        try (Connection connection = clickHouse.connect()) {
            createDatabaseIfMissing(connection, report);
            Set<Integer> applied = applied(connection);
            for (Migration migration : migrations) {
                apply(connection, migration, applied, report);
            }
            applyPages(connection, report);
        } catch (SQLException e) {
            throw clickHouse.failure("applying the tables", e);
        }
    }

    /**
     * Returns what keeps the program from working with the tables as they are; empty if nothing does.
     *
     * @throws StorageException when the server cannot be reached or refuses
     */
    public List<Finding> check() {
        try (Connection connection = clickHouse.connect()) {
            List<Finding> findings = new ArrayList<>(new TableCheck(database).findings(connection, Tables.all()));
            findings.addAll(new EngineCheck(database).findings(connection, statements()));
            return findings;
        } catch (SQLException e) {
            throw clickHouse.failure("checking the tables", e);
        }
    }

    /** Removes the TTL of all tables. It is meant for a demo on a dump older than its retention, whose rows ClickHouse would soon drop. */
    public void keepForever() {
        try (Connection connection = clickHouse.connect()) {
            for (Table table : Tables.all()) {
                if (expires(connection, table)) {
                    execute(connection, "ALTER TABLE " + form.stored(table.name()) + " REMOVE TTL");
                }
            }
        } catch (SQLException e) {
            throw clickHouse.failure("switching off the expiry", e);
        }
    }

    /** REMOVE TTL fails for a table without a TTL. */
    private boolean expires(Connection connection, Table table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT position(engine_full, ' TTL ') > 0 FROM system.tables WHERE database = ? AND name = ?")) {
            query.setString(1, database);
            query.setString(2, form.storedName(table.name()));
            try (ResultSet result = query.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /** Checks first, because CREATE DATABASE needs its grant even where IF NOT EXISTS has nothing to do. */
    private void createDatabaseIfMissing(Connection connection, Consumer<String> report) throws SQLException {
        boolean exists = new TableCheck(database).databaseExists(connection);
        if (!exists) {
            execute(connection, form.createDatabase());
        }
        report.accept("database " + database + (exists ? ": there" : ": made"));
    }

    private void apply(Connection connection, Migration migration, Set<Integer> applied, Consumer<String> report)
            throws SQLException {
        if (applied.contains(migration.version())) {
            report.accept(migration.file() + ": there");
            return;
        }
        for (String statement : statements(migration)) {
            execute(connection, statement);
        }
        note(connection, migration);
        report.accept(migration.file() + ": applied");
    }

    /** For a moment the view is missing, and queries of the other views fail. So it stays if it is as it must be. */
    private void applyPages(Connection connection, Consumer<String> report) throws SQLException {
        if (pages == null) {
            return;
        }
        if (!pages.rows().equals(pagesOf(connection))) {
            for (String statement : pagesStatements()) {
                execute(connection, statement);
            }
        }
        report.accept(pages.report());
    }

    /** Null for no view: it was dropped, and an interruption came before it was created again. */
    private @Nullable List<List<String>> pagesOf(Connection connection) throws SQLException {
        if (new TableCheck(database).columns(connection, SentryPages.VIEW).isEmpty()) {
            return null;
        }
        try (Statement query = connection.createStatement();
                ResultSet result = query.executeQuery("SELECT * FROM " + Quoting.name(database) + "."
                        + Quoting.name(SentryPages.VIEW) + " ORDER BY organization_id")) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(List.of(result.getString(1), result.getString(2), result.getString(3), result.getString(4)));
            }
            return rows;
        }
    }

    private List<String> pagesStatements() {
        return pages == null
                ? List.of()
                : pages.statements(database).stream()
                        .flatMap(statement -> form.statements(statement).stream())
                        .toList();
    }

    private Set<Integer> applied(Connection connection) throws SQLException {
        if (new TableCheck(database).columns(connection, JOURNAL).isEmpty()) {
            return Set.of();
        }
        try (Statement query = connection.createStatement();
                ResultSet result = query.executeQuery("SELECT version FROM " + journal())) {
            Set<Integer> versions = new HashSet<>();
            while (result.next()) {
                versions.add(result.getInt(1));
            }
            return versions;
        }
    }

    private void note(Connection connection, Migration migration) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + journal() + " (version, name, checksum, applied_at) SELECT ?, ?, ?, now64(3)")) {
            insert.setInt(1, migration.version());
            insert.setString(2, migration.file());
            insert.setString(3, migration.checksum());
            insert.execute();
        }
    }

    private String journal() {
        return Quoting.name(database) + "." + Quoting.name(JOURNAL);
    }

    private List<String> statements() {
        return migrations.stream()
                .flatMap(migration -> statements(migration).stream())
                .toList();
    }

    private List<String> statements(Migration migration) {
        return migration.statements(database).stream()
                .flatMap(statement -> form.statements(statement).stream())
                .toList();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
