package io.replaylinker.tools.letters;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What could not be read or written; each thing to do with it is a subcommand. */
@Command(
        name = "dlq",
        description = "What could not be read, or was refused by ClickHouse, and another try.",
        synopsisSubcommandLabel = "list|show|replay")
public final class DlqCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    private DlqCommand() {}

    /** With its subcommands. */
    public static CommandLine commandLine() {
        return new CommandLine(new DlqCommand())
                .addSubcommand(new ListLetters())
                .addSubcommand(new ShowLetter())
                .addSubcommand(new ReplayLetters());
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("called without picocli");
        }
        throw new CommandLine.ParameterException(spec.commandLine(), "Nothing to do given: list, show or replay.");
    }
}
