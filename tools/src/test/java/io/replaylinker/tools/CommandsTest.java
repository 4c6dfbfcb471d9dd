package io.replaylinker.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Program;
import io.replaylinker.testkit.DocumentedBlock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintTheTopologyWithoutKafka() {
        assertThat(run("topology")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("Source: read-events (topics: [events])", "Sink: confirm-links");
    }

    @Test
    void shouldPrintTheTablesWithoutClickHouse() {
        assertThat(run("tables", "--print")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("CREATE TABLE IF NOT EXISTS `default`.`replay_links`");
    }

    @Test
    void shouldPrintTheTablesOfACluster(@TempDir Path folder) throws IOException {
        Path settings = Files.writeString(folder.resolve("worker.properties"), "clickhouse.cluster={cluster}\n");

        assertThat(run("tables", "--print", "--config", settings.toString())).isEqualTo(ExitCodes.OK);
        assertThat(out.toString())
                .contains(
                        "`default`.`replay_links_local` ON CLUSTER '{cluster}'",
                        "ENGINE = ReplicatedReplacingMergeTree");
    }

    @Test
    void shouldPrintTheAddressesInSentryWithTheTables(@TempDir Path folder) throws IOException {
        Path settings = Files.writeString(
                folder.resolve("worker.properties"),
                "sentry.url=https://sentry.example.com/\nsentry.organization.slugs=1:acme\nsentry.replay-path=replays/{id}/\n");

        assertThat(run("tables", "--print", "--config", settings.toString())).isEqualTo(ExitCodes.OK);
        assertThat(out.toString())
                .contains(
                        "DROP VIEW IF EXISTS `default`.`sentry_organizations`;",
                        "[(1, 'https://sentry.example.com/organizations/acme/replays/{id}/',"
                                + " 'https://sentry.example.com/organizations/acme/issues/{id}/',"
                                + " 'https://sentry.example.com/organizations/acme/explore/traces/trace/{id}/')]");
    }

    @Test
    void shouldRefuseANameThatIsNoCluster(@TempDir Path folder) throws IOException {
        Path settings = Files.writeString(folder.resolve("worker.properties"), "clickhouse.cluster=x' ENGINE=Null\n");

        assertThat(run("tables", "--print", "--config", settings.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString())
                .contains("clickhouse.cluster: must be letters")
                .doesNotContain("ENGINE=Null");
    }

    @Test
    void shouldPrintTheEffectiveSettingsWithWhereTheyComeFrom(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("worker.properties"), "wait=1m\nclickhouse.password=geheim\nkafka.plugin.key=geheim\n");

        assertThat(run("config", "--config", file.toString())).isEqualTo(ExitCodes.OK);
        assertThat(out.toString().replaceAll(" +", " "))
                .contains("wait 1m file: " + file, "memory 90m default", "clickhouse.password ******** file: ")
                .contains("kafka.commit.interval.ms 2000 worker")
                .doesNotContain("geheim");
    }

    @Test
    void shouldPrintOnlyWhatWasSetAsJson(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("worker.properties"), "wait=1m\n");

        assertThat(run("config", "--json", "--changed", "--config", file.toString()))
                .isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).isEqualToIgnoringNewLines("""
                {
                  "settings" : [ {
                    "name" : "wait",
                    "value" : "1m",
                    "from" : "file",
                    "place" : "%s"
                  } ]
                }
                """.formatted(file));
    }

    @Test
    void shouldPrintTheSettingsThatTheHandbookShows(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("clickhouse"), "geheim");
        String settings = """
                kafka.bootstrap.servers=kafka:9092
                kafka.sasl.jaas.config=geheim
                schema.registry.url=http://registry:8081
                clickhouse.url=http://clickhouse:8123
                """;

        try (WorkerProcess process = WorkerProcess.start(
                folder,
                settings,
                Map.of("REPLAY_LINKER_CLICKHOUSE_PASSWORD_FILE", secret.toString()),
                "config",
                "--changed")) {
            assertThat(process.awaitEnd(Duration.ofMinutes(1)))
                    .as(process.log())
                    .isEqualTo(ExitCodes.OK);
            DocumentedBlock.of(
                            "docs/commands.md",
                            "$ REPLAY_LINKER_CLICKHOUSE_PASSWORD_FILE=/run/secrets/clickhouse ./replay-linker config --changed --config worker.properties")
                    .shows(
                            "REPLAY_LINKER_CLICKHOUSE_PASSWORD_FILE=/run/secrets/clickhouse ./replay-linker config --changed --config worker.properties",
                            process.log()
                                    .replace(secret.toString(), "/run/secrets/clickhouse")
                                    .replace(folder + "/", ""));
        }
    }

    @Test
    void shouldPrintTheMistakesThatTheHandbookShows(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("worker.properties"), "wiat=1m\nmemory=long\n");

        assertThat(run("run", "--config", file.toString())).isEqualTo(ExitCodes.USAGE);
        DocumentedBlock.of("docs/commands.md", "$ ./replay-linker run --config worker.properties")
                .shows(
                        "./replay-linker run --config worker.properties",
                        err.toString().replace(folder + "/", ""));
    }

    @Test
    void shouldReportAPortInUseBeforeAnythingElse(@TempDir Path folder) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = Files.writeString(
                    folder.resolve("worker.properties"),
                    "kafka.bootstrap.servers=127.0.0.1:1\nschema.registry.url=http://127.0.0.1:1\nstate.memory=32m\nhttp.port="
                            + taken.getLocalPort());

            assertThat(run("run", "--config", file.toString())).isEqualTo(ExitCodes.FAILURE);
            DocumentedBlock.of(
                            "docs/operations.md",
                            "cannot listen on 127.0.0.1:8080: Address already in use; set http.port to a free port (0 for any, -1 for no HTTP at all) or http.bind to an address of this machine")
                    // The file of an earlier command of this JVM: run logs to the console.
                    .shows(err.toString()
                            .replace(Integer.toString(taken.getLocalPort()), "8080")
                            .replaceFirst("See the log: .*", ""));
        }
    }

    @Test
    void shouldTakeTheRolesFromTheCommandLine() {
        assertThat(run("run", "--roles", "joins")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--roles: must be some of join, sink, with commas between, not 'joins'");
    }

    @Test
    void shouldWantToKnowWhatToDoWithTheTables() {
        assertThat(run("tables")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--print", "--apply");
    }

    @Test
    void shouldRefuseToRunWithoutSettings() {
        assertThat(run("run")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString())
                .contains("kafka.bootstrap.servers: is required")
                .contains("schema.registry.url: is required");
    }

    @Test
    void shouldNameAnUnreadableFileOfSettingsTogetherWithAnUnknownOption() {
        assertThat(run("run", "--config", "/no/such/file", "--fast")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("Unknown option: '--fast'", "--config /no/such/file: no such file");
    }

    private int run(String... args) {
        return new Program(ReplayLinkerCommand.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err)))
                .run(args);
    }
}
