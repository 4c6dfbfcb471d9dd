package io.replaylinker.runtime.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command prints its results: standard output, which holds nothing else. */
public final class Results {

    private final PrintWriter out;

    private Results(PrintWriter out) {
        this.out = out;
    }

    /**
     * The output of the command line that runs.
     *
     * @param spec injected by picocli before the command is called
     */
    public static Results of(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("called without picocli");
        }
        return new Results(spec.commandLine().getOut());
    }

    public void print(String lines) {
        out.println(lines);
        out.flush();
    }
}
