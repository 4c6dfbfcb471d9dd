package io.replaylinker.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.worker.cli.ExitCodes;
import io.replaylinker.worker.cli.Program;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CommandsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintTheTopologyWithoutKafka() {
        assertThat(run("topology")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("Source: read-events (topics: [events])", "Sink: write-links");
    }

    @Test
    void shouldPrintTheTablesWithoutClickHouse() {
        assertThat(run("tables", "--print")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("CREATE TABLE IF NOT EXISTS `default`.`replay_links`");
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
