package io.replaylinker.tools;

import io.replaylinker.runtime.cli.Program;

/** The deployed worker: all commands but the demo, which brings servers of its own. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(new Program(ReplayLinkerCommand.commandLine()).run(args));
    }
}
