package io.replaylinker.local;

import io.replaylinker.local.evaluate.EvaluateCommand;
import io.replaylinker.runtime.cli.Program;
import io.replaylinker.tools.ReplayLinkerCommand;
import picocli.CommandLine;

/** The program as it is started from a checkout: the worker's commands, the demo, and the commands that need no servers. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(new Program(commandLine()).run(args));
    }

    static CommandLine commandLine() {
        return ReplayLinkerCommand.commandLine(new DemoCommand(), EvaluateCommand.commandLine());
    }
}
