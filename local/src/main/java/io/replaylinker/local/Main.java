package io.replaylinker.local;

import io.replaylinker.local.evaluate.EvaluateCommand;
import io.replaylinker.runtime.cli.Program;
import io.replaylinker.tools.ReplayLinkerCommand;
import picocli.CommandLine;

/** The program as a checkout starts it: the worker's commands, the demo, and what needs no servers at all. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(new Program(commandLine()).run(args));
    }

    static CommandLine commandLine() {
        return ReplayLinkerCommand.commandLine(new DemoCommand(), EvaluateCommand.commandLine());
    }
}
