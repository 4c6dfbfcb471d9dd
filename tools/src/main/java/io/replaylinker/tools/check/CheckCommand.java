package io.replaylinker.tools.check;

import io.replaylinker.runtime.cli.ConfigOption;
import io.replaylinker.runtime.cli.ConfiguredCommand;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Results;
import io.replaylinker.runtime.cli.RolesOption;
import io.replaylinker.runtime.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reports all problems before the start, with their remedies. */
@Command(
        name = "check",
        description = "Check everything that the worker needs, and print a remedy for each problem. Changes nothing.",
        footerHeading = "%nExit codes:%n",
        footer = {"  0   no problem, at most warnings", "  1   at least one problem", "  2   the settings are wrong"})
public final class CheckCommand extends ConfiguredCommand {

    private static final Duration WITHIN = Duration.ofSeconds(45);

    @Mixin
    private RolesOption roles = new RolesOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected int run(ConfigOption config, Results results) throws InterruptedException, IOException {
        Settings settings = config.settings(System.getenv(), roles.settings());
        Checks checks = new Checks(CheckWiring.all(settings, Clock.systemUTC()), WITHIN);
        List<Finding> all = checks.run(area -> {
            if (!json) {
                Report.lines(area).forEach(results::print);
            }
        });
        results.print(json ? Report.json(all) : Report.summary(all));
        return Report.count(all, Severity.PROBLEM) == 0 ? ExitCodes.OK : ExitCodes.FAILURE;
    }
}
