package io.replaylinker.tools.deadletter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** What could not be read or written; each thing to do with it is a subcommand. */
@Command(
        name = "dlq",
        description =
                "List, show and retry dead letters: records that could not be read, and rows that ClickHouse refused.",
        synopsisSubcommandLabel = "list|show|retry")
public final class DlqCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Unmatched
    private List<String> unmatched = new ArrayList<>();

    private DlqCommand() {}

    /** With its subcommands. */
    public static CommandLine commandLine() {
        return new CommandLine(new DlqCommand())
                .addSubcommand(new DlqListCommand())
                .addSubcommand(new DlqShowCommand())
                .addSubcommand(new DlqRetryCommand());
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("called without picocli");
        }
        throw new CommandLine.ParameterException(spec.commandLine(), problem());
    }
    /** The name that {@code retry} had in snapshots is refused with the new one. */
    private String problem() {
        if (unmatched.isEmpty()) {
            return "Missing subcommand: list, show or retry.";
        }
        return unmatched.get(0).equals("replay")
                ? "dlq replay is now dlq retry."
                : "Unmatched argument: '" + unmatched.get(0) + "'";
    }
}
