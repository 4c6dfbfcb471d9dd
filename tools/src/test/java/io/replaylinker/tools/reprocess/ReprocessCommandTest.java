package io.replaylinker.tools.reprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Program;
import io.replaylinker.tools.ReplayLinkerCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What can be wrong before anything is asked of a server. */
class ReprocessCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                              | --from is missing",
                "--from yesterday                              | --from yesterday: must be a time, such as 2026-10-05T09:00Z",
                "--from 2h --to tomorrow                       | --to tomorrow: must be a time",
                "--from 2h --to 3h                             | --from 2h must be before --to 3h",
                "--from 2999-01-01                             | lies in the future",
                "--to 2h                                       | --to needs --from",
                "--from 2h --rate fast                         | --rate fast: must be records per second",
                "--from 2h --rate 0                            | --rate 0: must be",
                "--from 2h --from-offsets nowhere.csv          | exclude each other",
                "--from-offsets nowhere.csv                    | --from-offsets nowhere.csv: cannot be read",
                "--from 2h --to-offsets nowhere.csv            | --to-offsets needs --from-offsets"
            })
    void shouldNameWhatIsWrong(String arguments, String problem) {
        assertThat(run(arguments == null ? List.of() : List.of(arguments.split(" +", -1))))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains(problem);
    }

    @Test
    void shouldNameEveryLineThatIsNoOffset() throws IOException {
        Path offsets = Files.writeString(folder.resolve("offsets.csv"), "events,0,12\nevents;0;12\n\nevents,0,-1\n");

        assertThat(run(List.of("--from-offsets", offsets.toString()))).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString())
                .contains("offsets.csv:2: must be topic,partition,offset", "offsets.csv:4: must be topic");
    }

    private int run(List<String> arguments) {
        CommandLine command = ReplayLinkerCommand.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("reprocess"));
        all.addAll(arguments);
        return new Program(command).run(all.toArray(String[]::new));
    }
}
