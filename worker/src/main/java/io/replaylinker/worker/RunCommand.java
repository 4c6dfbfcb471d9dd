package io.replaylinker.worker;

import io.replaylinker.worker.cli.CheckedOptions;
import io.replaylinker.worker.cli.CommandLogs;
import io.replaylinker.worker.cli.ExitCodes;
import io.replaylinker.worker.settings.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the deployed worker and stays until it is told to stop. */
@Command(name = "run", description = "Run the worker: read events and replays from Kafka, write links.")
final class RunCommand implements Callable<Integer>, CheckedOptions {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Override
    public List<String> problems() {
        return config.problems();
    }

    @Override
    public Integer call() {
        Settings settings = config.settings(System.getenv());
        CommandLogs.toConsole();
        System.err.println(settings);
        return ExitCodes.OK;
    }
}
