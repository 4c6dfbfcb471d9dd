package io.replaylinker.sinks.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.replaylinker.sinks.ErrorClass;
import io.replaylinker.sinks.SinkException;
import io.replaylinker.testkit.ClickHouseServer;
import io.replaylinker.testkit.containers.Platform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Platform.class)
class MigrationsIT {

    private static final Started STARTED = new Started();

    @SuppressWarnings("NullAway.Init")
    private static ClickHouseServer server;

    private TestDatabase database;
    private Migrations migrations;

    /** JUnit hands the platform to the methods around a run only if the class takes it as well. */
    MigrationsIT(Platform platform) {}

    @BeforeParameterizedClassInvocation
    static void startServer(Platform platform) {
        server = STARTED.with(platform.startClickHouse());
    }

    @AfterParameterizedClassInvocation
    static void stopServer() throws Exception {
        STARTED.stop();
    }

    @BeforeEach
    void nameDatabase() {
        database = TestDatabase.named(server);
        migrations = new Migrations(database.clickHouse());
    }

    @Test
    void shouldMakeDatabaseAndTablesAndTellEachStep() {
        List<String> steps = new ArrayList<>();

        migrations.apply(steps::add);

        assertThat(steps)
                .containsExactly(
                        "database " + name() + ": made",
                        "V000__replay_linker_migrations.sql: applied",
                        "V001__replay_links.sql: applied");
        assertThat(migrations.check()).isEmpty();
        assertThat(journal())
                .containsExactly("0\tV000__replay_linker_migrations.sql\t64", "1\tV001__replay_links.sql\t64");
    }

    @Test
    void shouldLeaveWhatIsThereWhenAppliedAgain() {
        migrations.apply(step -> {});
        List<String> steps = new ArrayList<>();

        migrations.apply(steps::add);

        assertThat(steps)
                .containsExactly(
                        "database " + name() + ": there",
                        "V000__replay_linker_migrations.sql: there",
                        "V001__replay_links.sql: there");
        assertThat(journal()).hasSize(2);
    }

    @Test
    void shouldGoOnWhereItWasCutOff() {
        migrations.apply(step -> {});
        database.execute("ALTER TABLE `" + name() + "`.replay_linker_migrations DELETE WHERE version = 1"
                + " SETTINGS mutations_sync = 2");
        List<String> steps = new ArrayList<>();

        migrations.apply(steps::add);

        assertThat(steps).contains("V001__replay_links.sql: applied");
        assertThat(journal()).hasSize(2);
    }

    @Test
    void shouldPrintWhatOtherToolsCanApply() {
        Arrays.stream(migrations.print().split(";\n", -1))
                .filter(statement -> !statement.isBlank())
                .forEach(database::execute);

        assertThat(migrations.check()).isEmpty();
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
        assertThat(withoutTable).extracting(Finding::subject).containsExactly("table replay_links");
    }

    @Test
    void shouldSwitchOffTheExpiryAsOftenAsAsked() {
        migrations.apply(step -> {});
        assertThat(createQuery()).contains("TTL toDateTime(replay_started_at)");

        migrations.keepForever();
        migrations.keepForever();

        assertThat(createQuery()).doesNotContain("TTL");
    }

    @Test
    void shouldSayInOneLineThatNobodyIsThere() {
        Migrations away =
                new Migrations(new ClickHouse(ClickHouseSettings.of("http://127.0.0.1:1", "db", "me", "secret")));

        assertThatExceptionOfType(SinkException.class).isThrownBy(away::check).satisfies(failure -> {
            assertThat(failure.errorClass()).isEqualTo(ErrorClass.RETRYABLE);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "ClickHouse at http://127.0.0.1:1, database db, user me:" + " checking the tables failed: ")
                    .hasMessageContaining("refused")
                    .hasMessageNotContaining("secret");
            assertThat(failure.toString().lines()).hasSize(1);
        });
    }

    @Test
    void shouldSayInOneLineThatThePasswordIsWrong() {
        Migrations stranger = new Migrations(
                new ClickHouse(ClickHouseSettings.of(server.httpUrl(), "db", server.user(), "not-the-secret")));

        assertThatExceptionOfType(SinkException.class)
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

    private String createQuery() {
        return database.query("SELECT create_table_query FROM system.tables WHERE database = '" + name()
                        + "' AND name = 'replay_links'")
                .get(0);
    }
}
