package io.replaylinker.worker;

import io.replaylinker.runtime.cli.CheckedOptions;
import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.CommandLogs;
import io.replaylinker.runtime.cli.ConfigOption;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.RolesOption;
import io.replaylinker.runtime.cli.StopSignal;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.worker.health.MoreRoutes;
import io.replaylinker.worker.health.WorkerWatch;
import io.replaylinker.worker.lifecycle.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the deployed worker until a signal stops it. */
@Command(name = "run", description = "Run the worker: read events and replays from Kafka, write links.")
public final class RunCommand implements Callable<Integer>, CheckedOptions {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private RolesOption roles = new RolesOption();

    private final Function<Settings, MoreRoutes> moreRoutes;

    /**
     * The command of a program.
     *
     * @param moreRoutes of other modules, on the worker's HTTP server, as the settings ask for them
     */
    public RunCommand(Function<Settings, MoreRoutes> moreRoutes) {
        this.moreRoutes = moreRoutes;
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>(config.problems());
        problems.addAll(CommandLogs.consoleProblems(System.getenv()));
        return problems;
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLogs.toConsole(System.getenv());
        Settings settings = config.settings(System.getenv(), roles.settings());
        try (StopSignal stop = StopSignal.install(ExitCodes.OK);
                WorkerWatch watch = WorkerWatch.start(settings, moreRoutes.apply(settings));
                Worker worker = start(stop, settings, watch)) {
            watch.watch(worker);
            while (!stop.await(LOOK_EVERY)) {
                Optional<String> failure = worker.failure();
                if (failure.isPresent()) {
                    throw new CommandFailedException(failure.get());
                }
            }
        }
        return ExitCodes.OK;
    }

    private static Worker start(StopSignal stop, Settings settings, WorkerWatch watch) {
        stop.starting();
        try {
            return Worker.start(settings, watch.registry(), watch.address().orElse(null));
        } finally {
            stop.started();
        }
    }
}
