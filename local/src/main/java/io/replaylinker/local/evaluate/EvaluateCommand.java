package io.replaylinker.local.evaluate;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures the quality of what the program decides; each kind of decision is a subcommand. */
@Command(
        name = "evaluate",
        description = "Measure how well the program decides, on simulated visits whose truth is known.",
        synopsisSubcommandLabel = "links")
public final class EvaluateCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    private EvaluateCommand() {}

    /** With its subcommands. */
    public static CommandLine commandLine() {
        return new CommandLine(new EvaluateCommand()).addSubcommand(new EvaluateLinks());
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("called without picocli");
        }
        throw new CommandLine.ParameterException(spec.commandLine(), "Nothing to evaluate given: links.");
    }
}
