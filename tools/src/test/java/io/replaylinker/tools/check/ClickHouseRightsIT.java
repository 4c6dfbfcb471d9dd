package io.replaylinker.tools.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.Migrations;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.embedded.EmbeddedClickHouse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check finds where the user may not do what the sink needs: the same tables, each time behind other rights. */
class ClickHouseRightsIT {

    private static final String DATABASE = "guarded";
    private static final String SUBJECT = "rights of default";

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void makeTables() {
        try (EmbeddedClickHouse server = EmbeddedClickHouse.start(folder)) {
            migrations(server, DATABASE).apply(step -> {});
        }
    }

    @Test
    void shouldNameTheTablesOnWhichARightIsMissing() throws Exception {
        try (EmbeddedClickHouse server = serverFor("GRANT SELECT ON guarded.*", "GRANT INSERT ON guarded.replays")) {
            check(server)
                    .assertFound(
                            Severity.PROBLEM,
                            SUBJECT,
                            "lacks INSERT on guarded.replay_links, guarded.trace_records, guarded.link_coverage",
                            "GRANT SELECT, INSERT ON guarded.* TO default");
            assertThatThrownBy(() -> migrations(server, "fresh").apply(step -> {}))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("it needs CREATE DATABASE ON fresh.* (code 497)");
        }
    }

    @Test
    void shouldDistinguishAUserWithoutRightsFromTablesThatAreMissing() throws Exception {
        try (EmbeddedClickHouse server = serverFor("GRANT SELECT ON other.*")) {
            Looking looking = check(server);

            looking.assertFound(
                    Severity.PROBLEM,
                    SUBJECT,
                    "lacks SELECT on guarded.replay_links, guarded.trace_records, guarded.replays and ");
            looking.assertFound(
                    Severity.PROBLEM,
                    SUBJECT,
                    " more, INSERT on guarded.replay_links, guarded.trace_records, guarded.replays");
            looking.assertFound(
                    Severity.PROBLEM,
                    "database guarded",
                    "does not exist, or the user may not see it",
                    "tables --apply");
        }
    }

    @Test
    void shouldFindAProfileThatForbidsToWrite() throws Exception {
        try (EmbeddedClickHouse server = serverOfProfile("2")) {
            check(server)
                    .assertFound(
                            Severity.PROBLEM,
                            SUBJECT,
                            "the user's profile is read-only",
                            "without the setting readonly");
        }
    }

    /** Then not even the settings can be sent that go with each question. */
    @Test
    void shouldFindAProfileThatForbidsSettingsToo() throws Exception {
        try (EmbeddedClickHouse server = serverOfProfile("1")) {
            check(server)
                    .assertFound(
                            Severity.PROBLEM,
                            "server",
                            "give the user a profile without readonly (code 164)",
                            "fix it and check again");
        }
    }

    private static EmbeddedClickHouse serverFor(String... grants) {
        return EmbeddedClickHouse.start(
                new EmbeddedClickHouse.Options().data(folder).grants(List.of(grants)));
    }

    private static EmbeddedClickHouse serverOfProfile(String readonly) {
        return EmbeddedClickHouse.start(
                new EmbeddedClickHouse.Options().data(folder).profile(Map.of("readonly", readonly)));
    }

    private static Looking check(EmbeddedClickHouse server) throws InterruptedException {
        return Looking.at(CheckWiring.clickHouse(
                Looking.read(Map.of(
                        "clickhouse.url",
                        server.httpUrl(),
                        "clickhouse.database",
                        DATABASE,
                        "clickhouse.compress",
                        "false")),
                Clock.systemUTC()));
    }

    private static Migrations migrations(EmbeddedClickHouse server, String database) {
        return new Migrations(
                new ClickHouse(ClickHouseSettings.of(server.httpUrl(), database, server.user(), server.password())
                        .uncompressed()));
    }
}
