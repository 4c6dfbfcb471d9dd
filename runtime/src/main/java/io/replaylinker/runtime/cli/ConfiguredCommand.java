package io.replaylinker.runtime.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Base of commands that have settings and are run interactively, so that the log goes into a file of the command's name. */
public abstract class ConfiguredCommand implements Callable<Integer>, CheckedOptions {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private @Nullable CommandSpec spec;

    /** Mistakes in the command's own options and parameters, each a line. */
    protected List<String> ownProblems() {
        return List.of();
    }

    @Override
    public final List<String> problems() {
        List<String> problems = new ArrayList<>(config.problems());
        problems.addAll(ownProblems());
        return problems;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        CommandSpec called = called();
        CommandLogs.toFile(called.name(), CacheFolder.of(System.getenv()));
        return run(config, Results.of(called));
    }

    /**
     * Runs the command; called only when there are no mistakes.
     *
     * @return one of {@link io.replaylinker.runtime.cli.ExitCodes}
     */
    protected abstract int run(ConfigOption config, Results results) throws IOException, InterruptedException;

    /** Prints a message on standard error, separate from the results. */
    protected final void printMessage(String line) {
        PrintWriter err = err();
        err.println(line);
        err.flush();
    }

    /** For results that are too long for one text. */
    protected final PrintWriter out() {
        return called().commandLine().getOut();
    }

    /** For commands that show their progress. */
    protected final PrintWriter err() {
        return called().commandLine().getErr();
    }

    private CommandSpec called() {
        return Objects.requireNonNull(spec, "called without picocli");
    }
}
