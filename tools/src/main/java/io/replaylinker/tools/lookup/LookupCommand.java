package io.replaylinker.tools.lookup;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the tables know; each question is a subcommand. */
@Command(
        name = "lookup",
        description = "Query the ClickHouse tables: the events of a replay, the replays of an issue, ...",
        synopsisSubcommandLabel = "QUESTION")
public final class LookupCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    private LookupCommand() {}

    /** With its subcommands. */
    public static CommandLine commandLine() {
        return new CommandLine(new LookupCommand())
                .addSubcommand(new ReplayLookup())
                .addSubcommand(new EventLookup())
                .addSubcommand(new TraceLookup())
                .addSubcommand(new IssueLookup())
                .addSubcommand(new TransactionLookup())
                .addSubcommand(new ReplaysLookup());
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("called without picocli");
        }
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Missing subcommand: replay, event, trace, issue, transaction or replays.");
    }
}
