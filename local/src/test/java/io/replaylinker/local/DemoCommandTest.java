package io.replaylinker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Program;
import io.replaylinker.testkit.DocumentedBlock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldNameEveryMistakeOfACommandLineAtOnce() {
        int exitCode =
                run("demo", "--unknown", "--input", "/no/such/file", "-i", "/tmp", "--out", "/no/folder/links.tsv");

        assertThat(exitCode).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString())
                .contains("Unknown option: '--unknown'")
                .contains("--input /no/such/file: no such file")
                .contains("--input /tmp: is a folder")
                .contains("--out /no/folder/links.tsv: there is no folder /no/folder")
                .contains("replay-linker demo --help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldPrintTheMistakesThatTheHandbookShows() {
        DocumentedBlock shown = DocumentedBlock.of("docs/commands.md", "Try 'replay-linker demo --help'.");

        run("demo", "--inptu", "dump.ndjson", "--input", "missing.ndjson", "--out", "/none/links.tsv");

        shown.shows(
                "./replay-linker demo --inptu dump.ndjson --input missing.ndjson --out /none/links.tsv",
                err.toString());
    }

    @Test
    void shouldRefuseToReadStandardInputTwice() {
        assertThat(run("demo", "-i", "-", "-i", "-")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("standard input can be read only once");
    }

    @Test
    void shouldTakeAPortForThePageOnly() {
        assertThat(run("demo", "--port", "80")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--port 80: is that of the status page, which --serve asks for");
        assertThat(run("demo", "--serve", "--port", "65536")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--port 65536: must be 0 to 65535");
        assertThat(run("demo", "--serve", "--port", "http")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void shouldDetectAPortInUseBeforeAnythingIsStarted() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(run("demo", "--serve", "--port", port)).isEqualTo(ExitCodes.FAILURE);
            assertThat(err.toString())
                    .contains("cannot listen on 127.0.0.1:" + port, "--port")
                    .doesNotContain("starting Kafka");
            DocumentedBlock.of("docs/commands.md", "$ ./replay-linker demo --serve")
                    .shows(
                            "./replay-linker demo --serve",
                            err.toString()
                                    .replace("127.0.0.1:" + port, "127.0.0.1:8080")
                                    .replaceFirst(
                                            "log: .*",
                                            "log: ~/.cache/replay-linker/logs/demo-20261005-091500-4711.log"));
        }
    }

    @Test
    void shouldNameThePageAsTheHandbookShows() {
        DocumentedBlock.of(
                        "docs/status-page.md",
                        "Status page: http://127.0.0.1:8080/ (Ctrl-C ends it, with Kafka and ClickHouse)")
                .shows(DemoCommand.served("http://127.0.0.1:8080/"));
    }

    @Test
    void shouldNameAnOptionWithoutItsValue() {
        assertThat(run("demo", "--input")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("Missing required parameter for option '--input'");
    }

    @Test
    void shouldSuggestTheCommandThatWasMeant() {
        assertThat(run("demmo")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("do you mean demo?");
    }

    @Test
    void shouldNotTakeAnArgumentForACommand() {
        assertThat(run()).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("No command given");
    }

    @Test
    void shouldExplainItselfOnStandardOutput() {
        assertThat(run("--help")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("demo", "run", "topology", "tables", "Exit codes");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldPrintItsVersion() {
        assertThat(run("--version")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).startsWith("replay-linker ").contains("Kafka");
    }

    private int run(String... args) {
        CommandLine commandLine = Main.commandLine();
        return new Program(commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err))).run(args);
    }
}
