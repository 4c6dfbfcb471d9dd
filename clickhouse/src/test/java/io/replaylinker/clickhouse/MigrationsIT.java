package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationsIT extends OnClickHouse {

    @SuppressWarnings("NullAway.Init")
    private TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private Migrations migrations;

    @BeforeEach
    void nameDatabase() {
        database = TestDatabase.named(server());
        migrations = new Migrations(database.clickHouse());
    }

    @Test
    void shouldMakeDatabaseAndTablesAndReportEachStep() {
        List<String> steps = new ArrayList<>();

        migrations.apply(steps::add);

        assertThat(steps).containsExactlyElementsOf(steps("made", "applied"));
        assertThat(migrations.check()).isEmpty();
        assertThat(journal())
                .hasSameSizeAs(Migration.all())
                .startsWith("0\tV000__replay_linker_migrations.sql\t64", "1\tV001__replay_links.sql\t64");
    }

    @Test
    void shouldLeaveWhatIsThereWhenAppliedAgain() {
        migrations.apply(step -> {});
        List<String> steps = new ArrayList<>();

        migrations.apply(steps::add);

        assertThat(steps).containsExactlyElementsOf(steps("there", "there"));
        assertThat(journal()).hasSameSizeAs(Migration.all());
    }

    @Test
    void shouldGoOnWhereItWasCutOff() {
        migrations.apply(step -> {});
        database.execute("ALTER TABLE `" + name() + "`.replay_linker_migrations DELETE WHERE version > 0"
                + " SETTINGS mutations_sync = 2");
        List<String> steps = new ArrayList<>();

        migrations.apply(steps::add);

        assertThat(steps).endsWith(steps("there", "applied").get(Migration.all().size()));
        assertThat(journal()).hasSameSizeAs(Migration.all());
    }

    @Test
    void shouldPrintWhatOtherToolsCanApply() {
        Arrays.stream(migrations.print().split(";\n", -1))
                .filter(statement -> !statement.isBlank())
                .forEach(database::execute);

        assertThat(migrations.check()).isEmpty();
    }

    @Test
    void shouldReplaceTheAddressesInSentryEachTime() {
        SentryPages pages =
                new SentryPages("https://sentry.example.com", Map.of(1L, "acme"), "replays/{id}/", "traces/{id}/");
        String addresses = "SELECT * FROM `" + name() + "`.sentry_organizations";
        List<String> steps = new ArrayList<>();

        new Migrations(database.clickHouse(), pages).apply(steps::add);
        migrations.apply(step -> {});

        String acme = "https://sentry.example.com/organizations/acme/";
        assertThat(database.query(addresses))
                .as("what is applied without addresses leaves them")
                .containsExactly("1\t" + acme + "replays/{id}/\t" + acme + "issues/{id}/\t" + acme + "traces/{id}/");
        new Migrations(database.clickHouse(), SentryPages.NONE).apply(steps::add);
        assertThat(database.query(addresses)).isEmpty();
        database.execute("DROP VIEW `" + name() + "`.sentry_organizations");
        new Migrations(database.clickHouse(), SentryPages.NONE).apply(steps::add);
        assertThat(database.query(addresses)).as("an interruption is made good").isEmpty();
        assertThat(steps)
                .contains(
                        "sentry_organizations: 1 with addresses in Sentry",
                        "sentry_organizations: none, because sentry.url is not set");
    }

    @Test
    void shouldNameAMissingColumn() {
        migrations.apply(step -> {});
        database.execute("ALTER TABLE " + database.table() + " DROP COLUMN duration_ms");

        List<Finding> findings = migrations.check();

        assertThat(findings)
                .extracting(Finding::toString)
                .containsExactly("column replay_links.duration_ms is missing;"
                        + " bring it up to date with the command tables --apply");
    }

    @Test
    void shouldNameAColumnOfAnotherType() {
        migrations.apply(step -> {});
        database.execute("ALTER TABLE " + database.table() + " MODIFY COLUMN confidence Float32");

        List<Finding> findings = migrations.check();

        assertThat(findings)
                .extracting(Finding::toString)
                .containsExactly("column replay_links.confidence is Float32 and must be Float64");
    }

    @Test
    void shouldNameATableWhoseEngineKeepsWhatComesTwice() {
        migrations.apply(step -> {});
        database.execute("DROP TABLE `" + name() + "`.replay_linker_migrations");
        database.execute("CREATE TABLE `" + name()
                + "`.replay_linker_migrations (version UInt32, name String, checksum String, applied_at DateTime64(3))"
                + " ENGINE = MergeTree ORDER BY version");

        List<Finding> findings = migrations.check();

        assertThat(findings)
                .extracting(Finding::toString)
                .containsExactly("table replay_linker_migrations has the engine MergeTree and must have"
                        + " ReplacingMergeTree; drop or rename it, and make it with the command tables --apply");
    }

    @Test
    void shouldNameAMissingView() {
        migrations.apply(step -> {});
        database.execute("DROP VIEW `" + name() + "`.replays_by_issue_from_links");

        List<Finding> findings = migrations.check();

        assertThat(findings).extracting(Finding::subject).containsExactly("table replays_by_issue_from_links");
    }

    @Test
    void shouldTakeLinksThatWereThereBeforeIntoTheNewTables() {
        new Migrations(database.clickHouse(), Migration.all().subList(0, 2)).apply(step -> {});
        database.execute("ALTER TABLE " + database.table() + " REMOVE TTL");
        database.execute(
                "INSERT INTO " + database.table()
                        + " (organization_id, event_id, replay_id, trace_id, group_id, event_type, replay_started_at, received_at)"
                        + " SELECT 1, unhex(hex(MD5('e'))), unhex(hex(MD5('r'))), unhex(hex(MD5('t'))), 7, 'error', now64(3), now64(3)");

        migrations.apply(step -> {});

        assertThat(database.query("SELECT count() FROM " + database.table() + " FINAL"))
                .containsExactly("1");
        for (String index : List.of(
                "replays FINAL",
                "replays_by_issue FINAL",
                "replays_by_trace FINAL",
                "replays_by_event FINAL",
                "link_outcomes")) {
            assertThat(database.query("SELECT count() FROM `" + name() + "`." + index))
                    .as(index)
                    .containsExactly("1");
        }
    }

    /** As an installation of the versions before has them; and one that came in while the views were made anew. */
    @Test
    void shouldKeepALinkAndAVerdictApartFromTheOccurrenceOfTheSameId() {
        new Migrations(database.clickHouse(), Migration.all().subList(0, 13)).apply(step -> {});
        String columns =
                " (organization_id, event_id, replay_id, trace_id, group_id, event_type, replay_started_at, received_at";
        String values =
                ") SELECT 1, unhex(hex(MD5('e'))), unhex(hex(MD5('r'))), unhex(hex(MD5('t'))), 7, '%s', now64(3), now64(3)";
        database.execute("DROP VIEW `" + name() + "`.replays_by_issue_from_links");
        database.execute("INSERT INTO " + database.table() + columns + values.formatted("transaction"));
        database.execute("INSERT INTO `" + name() + "`.link_coverage (organization_id, hour, event_id, outcome)"
                + " SELECT 1, toStartOfHour(now()), unhex(hex(MD5('e'))), 'REPLAY_NOT_SEEN'");

        migrations.apply(step -> {});
        database.execute(
                "INSERT INTO " + database.table() + columns + ", occurrence" + values.formatted("performance") + ", 1");
        database.execute(
                "INSERT INTO `" + name() + "`.link_coverage (organization_id, hour, event_id, outcome, occurrence)"
                        + " SELECT 1, toStartOfHour(now()), unhex(hex(MD5('e'))), 'SHARED_TRACE', 1");

        for (String table : List.of("replay_links", "replays_by_issue", "replays_by_trace")) {
            database.execute("OPTIMIZE TABLE `" + name() + "`." + table + " FINAL");
            assertThat(database.query("SELECT kind FROM `" + name() + "`." + table + " FINAL ORDER BY occurrence"))
                    .as(table)
                    .containsExactly("2", "16");
        }
        database.execute("OPTIMIZE TABLE `" + name() + "`.link_coverage FINAL");
        assertThat(database.query("SELECT outcome, claimed FROM `" + name() + "`.link_outcomes ORDER BY occurrence"))
                .containsExactly("REPLAY_NOT_SEEN\t1", "SHARED_TRACE\t1");
    }

    @Test
    void shouldMarkOrganizationsOfWhichLinksAndDeletedReplaysWereThereBefore() {
        new Migrations(database.clickHouse(), Migration.all().subList(0, 12)).apply(step -> {});
        database.execute(
                "INSERT INTO `" + name() + "`.replays (organization_id, day, replay_id, archived, first_event_at)"
                        + " VALUES (1, today(), 'a', 0, now64(3)), (2, today(), 'b', 1, NULL), (3, today(), 'c', 0, NULL)");

        migrations.apply(step -> {});
        database.execute(
                "INSERT INTO `" + name() + "`.replays (organization_id, day, replay_id, archived, first_event_at)"
                        + " VALUES (3, today(), 'd', 1, now64(3))");

        assertThat(database.query("SELECT organization_id, linked, archived FROM `" + name()
                        + "`.link_freshness FINAL ORDER BY organization_id"))
                .containsExactly("1\t1\t0", "2\t0\t1", "3\t1\t1");
    }

    @Test
    void shouldAllowColumnsOfOthers() {
        migrations.apply(step -> {});

        database.execute("ALTER TABLE " + database.table() + " ADD COLUMN note String DEFAULT ''");

        assertThat(migrations.check()).isEmpty();
    }

    @Test
    void shouldNameAMissingTableOrDatabase() {
        List<Finding> withoutDatabase = migrations.check();
        database.execute("CREATE DATABASE `" + name() + "`");

        List<Finding> withoutTable = migrations.check();

        assertThat(withoutDatabase).extracting(Finding::subject).containsExactly("database " + name());
        assertThat(withoutTable)
                .singleElement()
                .asString()
                .startsWith("tables replay_links, trace_records, replays, replays_from_links, ")
                .endsWith(" do not exist; create them with the command tables --apply");
    }

    @Test
    void shouldSwitchOffTheExpiryAsOftenAsAsked() {
        migrations.apply(step -> {});
        assertThat(expiring()).hasSize(18);

        migrations.keepForever();
        migrations.keepForever();

        assertThat(expiring()).isEmpty();
    }

    @Test
    void shouldReportInOneLineThatNobodyIsThere() {
        Migrations away =
                new Migrations(new ClickHouse(ClickHouseSettings.of("http://127.0.0.1:1", "db", "me", "secret")));

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(away::check)
                .satisfies(failure -> {
                    assertThat(failure.errorClass()).isEqualTo(ErrorClass.RETRYABLE);
                    assertThat(failure)
                            .hasMessageStartingWith("ClickHouse at http://127.0.0.1:1, database db, user me:"
                                    + " checking the tables failed: ")
                            .hasMessageContaining("refused")
                            .hasMessageNotContaining("secret");
                    assertThat(failure.toString().lines()).hasSize(1);
                });
    }

    @Test
    void shouldReportInOneLineThatThePasswordIsWrong() {
        Migrations stranger = new Migrations(
                new ClickHouse(ClickHouseSettings.of(server().httpUrl(), "db", server().user(), "not-the-secret")));

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(stranger::check)
                .satisfies(failure -> {
                    assertThat(failure.errorClass()).isEqualTo(ErrorClass.PERMANENT);
                    assertThat(failure)
                            .hasMessageEndingWith("checking the tables failed: wrong user or password (code 516)")
                            .hasMessageNotContaining("not-the-secret");
                });
    }

    private String name() {
        return database.clickHouse().settings().database();
    }

    private List<String> journal() {
        return database.query("SELECT version, name, length(checksum) FROM `" + name()
                + "`.replay_linker_migrations FINAL ORDER BY version");
    }

    private List<String> expiring() {
        return database.query("SELECT name FROM system.tables WHERE database = '" + name()
                + "' AND position(engine_full, ' TTL ') > 0");
    }

    private List<String> steps(String databaseIs, String eachIs) {
        List<String> steps = new ArrayList<>(List.of("database " + name() + ": " + databaseIs));
        Migration.all().forEach(migration -> steps.add(migration.file() + ": " + eachIs));
        return steps;
    }
}
