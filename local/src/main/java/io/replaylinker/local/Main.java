package io.replaylinker.local;

import io.replaylinker.worker.ReplayLinkerCommand;
import io.replaylinker.worker.cli.Program;

/** The program as a checkout starts it: the worker's commands and the demo. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(new Program(ReplayLinkerCommand.commandLine(new DemoCommand())).run(args));
    }
}
