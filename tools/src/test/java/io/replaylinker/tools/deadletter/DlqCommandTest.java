package io.replaylinker.tools.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Program;
import io.replaylinker.tools.ReplayLinkerCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What can be wrong before anything is asked of a server. */
class DlqCommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dlq                               | Missing subcommand: list, show or retry",
                "dlq replay --stage sink            | dlq replay is now dlq retry",
                "dlq erase                         | Unmatched argument: \'erase\'",
                "dlq list --since yesterday        | --since yesterday: must be a time, such as 7d",
                "dlq list --limit 1001             | --limit 1001: must be 0 to 1000",
                "dlq retry --stage sinks          | --stage sinks: must be one of decode-events, decode-spans, decode-replays, sink",
                "dlq show events-0-1               | RECORD events-0-1: must be topic/partition@offset",
                "dlq show events/0@1 --save /      | --save /: already exists",
                "dlq show                          | Missing required parameter"
            })
    void shouldNameWhatIsWrong(String arguments, String problem) {
        assertThat(refused(arguments)).contains(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"decode-events", "decode-spans", "decode-replays", "sink"})
    void shouldAcceptEveryStageThatWritesDeadLetters(String stage) {
        assertThat(refused("dlq list --limit 1001 --stage " + stage))
                .contains("--limit 1001: must be")
                .doesNotContain("--stage");
    }

    private static String refused(String arguments) {
        StringWriter err = new StringWriter();
        CommandLine command = ReplayLinkerCommand.commandLine();
        command.setErr(new PrintWriter(err));

        assertThat(new Program(command).run(arguments.split(" +", -1))).isEqualTo(ExitCodes.USAGE);
        return err.toString();
    }
}
