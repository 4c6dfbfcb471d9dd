package io.replaylinker.local.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Program;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EvaluateLinksTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintATableOfOneMix() {
        int exitCode = run("--visitors", "20", "--mix", "sdk11-own-50", "--seed", "7", "--seed", "8");

        assertThat(exitCode).isEqualTo(ExitCodes.OK);
        assertThat(out.toString())
                .contains("the SDK's id alone", "any matching trace")
                .containsPattern("(?m)^mix +sdk11-own-50 +\\d+ ")
                .containsPattern("(?m)^pool +sdk11-50 ")
                .containsPattern("(?m)^page +own ")
                .containsPattern("(?m)^sdk +sdk11 ")
                .doesNotContain("mix   sdk10");
        assertThat(err.toString()).contains("2 of 2: sdk11-own-50, seed ");
    }

    @Test
    void shouldPrintJson() {
        assertThat(run("--visitors", "20", "--mix", "sdk11-own-50", "--json")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString())
                .startsWith("{")
                .contains("\"group\" : \"mix\"", "\"links\" : {", "\"sdk_id_alone\"", "\"any_matching_trace\"");
    }

    @Test
    void shouldFailBelowAThreshold() {
        String[] cached = {"--visitors", "400", "--mix", "sdk10-cached-5", "--min-recall", "1", "--min-precision", "0.5"
        };

        assertThat(run(cached)).isEqualTo(ExitCodes.FAILURE);
        assertThat(err.toString())
                .containsPattern("pool sdk10-5: recall 0\\.\\d{4} is below 1\\.0000")
                .doesNotContain("precision 0")
                .doesNotContain("mix sdk10-cached-5: recall");
    }

    @Test
    void shouldNameEveryMistakeAtOnce() {
        assertThat(run("--visitors", "0", "--mix", "sdk9", "--min-recall", "2")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString())
                .contains("--visitors 0: must be 1 or more")
                .contains("--mix sdk9: no such mix; there are sdk10-own-5, ")
                .contains("--min-recall 2.0: must be 0 to 1");
    }

    private int run(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "links";
        System.arraycopy(options, 0, args, 1, options.length);
        CommandLine commandLine = EvaluateCommand.commandLine();
        return new Program(commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err))).run(args);
    }
}
