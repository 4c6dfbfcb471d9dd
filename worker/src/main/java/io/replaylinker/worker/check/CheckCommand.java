package io.replaylinker.worker.check;

import io.replaylinker.worker.ConfigOption;
import io.replaylinker.worker.RolesOption;
import io.replaylinker.worker.cli.CacheFolder;
import io.replaylinker.worker.cli.CheckedOptions;
import io.replaylinker.worker.cli.CommandLogs;
import io.replaylinker.worker.cli.ExitCodes;
import io.replaylinker.worker.cli.Results;
import io.replaylinker.worker.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is wrong before the start, all of it, and what to do. */
@Command(
        name = "check",
        description =
                "Look for everything that would keep the worker from running well, and say what to do. Changes nothing.",
        footerHeading = "%nExit codes:%n",
        footer = {"  0   no problem, at most warnings", "  1   at least one problem", "  2   the settings are wrong"})
public final class CheckCommand implements Callable<Integer>, CheckedOptions {

    private static final Duration WITHIN = Duration.ofSeconds(45);

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private RolesOption roles = new RolesOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public List<String> problems() {
        return config.problems();
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        CommandLogs.toFile("check", CacheFolder.of(System.getenv()));
        Settings settings = config.settings(System.getenv(), roles.settings());
        Results results = Results.of(spec);
        Checks checks = Checks.of(settings, Clock.systemUTC(), WITHIN);
        List<Finding> all = checks.run(area -> {
            if (!json) {
                Report.lines(area).forEach(results::print);
            }
        });
        results.print(json ? Report.json(all) : Report.summary(all));
        return Report.count(all, Severity.PROBLEM) == 0 ? ExitCodes.OK : ExitCodes.FAILURE;
    }
}
