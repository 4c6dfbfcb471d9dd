package io.replaylinker.tools.reprocess;

import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.ConfigOption;
import io.replaylinker.runtime.cli.ConfiguredCommand;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Results;
import io.replaylinker.runtime.cli.StopSignal;
import io.replaylinker.runtime.settings.Settings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Links a past range again, and corrects the tables. */
@Command(
        name = "reprocess",
        description = "Link a past time range again while the worker runs, and correct the tables.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  replay-linker reprocess --config FILE --from 6h --to 2h --dry-run",
            "  replay-linker reprocess --config FILE --from 2026-10-05T09:00Z --diff"
        })
public final class ReprocessCommand extends ConfiguredCommand {

    @Mixin
    private ReprocessOptions options = new ReprocessOptions();

    @Option(names = "--dry-run", description = "Only show what would be read.")
    private boolean dryRun;

    @Option(names = "--diff", description = "Show each event whose link changes.")
    private boolean diff;

    @Option(names = "--json", description = "One JSON object instead of text.")
    private boolean json;

    private final Clock clock = Clock.systemUTC();

    @Override
    protected List<String> ownProblems() {
        return options.problems(clock);
    }

    @Override
    protected int run(ConfigOption config, Results results) throws InterruptedException {
        Settings settings = config.settings(System.getenv());
        try (StopSignal stop = StopSignal.install(ExitCodes.INTERRUPTED)) {
            return link(new Reprocess(settings, err(), stop::isRequested, clock), stop);
        }
    }

    /** The message about a stop is printed here, before the shutdown continues and ends the process. */
    private int link(Reprocess reprocess, StopSignal stop) throws InterruptedException {
        try {
            link(reprocess);
            return ExitCodes.OK;
        } catch (OutOfMemoryError e) {
            throw new CommandFailedException(HeapRoom.full("and the run ended"), e);
        } catch (CommandFailedException | StorageException e) {
            String message = String.valueOf(e.getMessage());
            if (!stop.isRequested()) {
                throw new CommandFailedException(message, e);
            }
            printMessage(message + "; the same command starts from the beginning, and keeps the corrections so far");
            return ExitCodes.INTERRUPTED;
        }
    }

    private void link(Reprocess reprocess) throws InterruptedException {
        Plan plan = reprocess.plan(options.request(clock));
        show(plan);
        if (dryRun) {
            return;
        }
        reprocess.requireTables();
        Tally tally = new Tally(diff);
        reprocess.run(plan, options.perSecond(), Reprocess.AT_ONCE, tally);
        if (json) {
            Report.json(plan, tally, diff, out());
        } else {
            Report.print(tally, out());
        }
    }

    /** The plan goes to standard error for the user who waits, unless only the plan was requested. */
    private void show(Plan plan) {
        if (dryRun && json) {
            Report.json(plan, null, false, out());
            return;
        }
        PrintWriter to = dryRun ? out() : err();
        PlanText.lines(plan).forEach(to::println);
        to.flush();
    }
}
