package io.replaylinker.worker.reprocess;

import io.replaylinker.sinks.SinkException;
import io.replaylinker.worker.ConfigOption;
import io.replaylinker.worker.ConfiguredCommand;
import io.replaylinker.worker.cli.CommandFailedException;
import io.replaylinker.worker.cli.ExitCodes;
import io.replaylinker.worker.cli.Results;
import io.replaylinker.worker.lifecycle.StopSignal;
import io.replaylinker.worker.settings.Settings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Links a past range anew, and corrects what the tables say of it. */
@Command(
        name = "reprocess",
        description = "Link a past range anew beside the running worker, and correct the tables.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  replay-linker reprocess --config FILE --from 6h --to 2h --dry-run",
            "  replay-linker reprocess --config FILE --from 2026-10-05T09:00Z --run-id fix-123 --diff",
            "  replay-linker reprocess --config FILE --run-id fix-123              (goes on)",
            "  replay-linker reprocess --config FILE --run-id fix-123 --clean-up   (gives up)"
        })
public final class ReprocessCommand extends ConfiguredCommand {

    private static final String PLAN = "plan";
    private static final String REQUEST = "request";

    private static final String FORMAT = "format";
    /** Of all that a run keeps; the rows of the join among it. */
    private static final String THIS_FORMAT = "2";

    @Mixin
    private ReprocessOptions options = new ReprocessOptions();

    @Option(names = "--dry-run", description = "Only show what would be read.")
    private boolean dryRun;

    @Option(names = "--diff", description = "Show each event that is linked otherwise than before.")
    private boolean diff;

    @Option(names = "--json", description = "One JSON object instead of text.")
    private boolean json;

    @Option(names = "--keep", description = "Leave the run's folder behind at the end.")
    private boolean keep;

    @Option(names = "--clean-up", description = "Delete what the run of --run-id left, and do nothing else.")
    private boolean cleanUp;

    private final Clock clock = Clock.systemUTC();

    @Override
    protected List<String> ownProblems() {
        return options.problems(cleanUp, clock);
    }

    @Override
    protected int run(ConfigOption config, Results results) throws InterruptedException {
        Settings settings = config.settings(System.getenv());
        Run run = Run.of(settings, options.runId(clock));
        if (cleanUp) {
            return cleanUp(run, results);
        }
        try (StopSignal stop = StopSignal.install(ExitCodes.INTERRUPTED)) {
            return link(run, new Reprocess(settings, run, err(), stop::isAsked, clock), stop);
        }
    }

    /** What there is to say of a stop is said before the end is let go on, which comes at once. */
    private int link(Run run, Reprocess reprocess, StopSignal stop) throws InterruptedException {
        try {
            if (run.exists()) {
                goOn(run, reprocess);
            } else {
                begin(run, reprocess);
            }
            return ExitCodes.OK;
        } catch (CommandFailedException | SinkException e) {
            String said = e.getMessage() + (e instanceof SinkException && run.exists() ? hint(run) : "");
            if (!stop.isAsked()) {
                throw new CommandFailedException(said, e);
            }
            say(said);
            return ExitCodes.INTERRUPTED;
        }
    }

    private int cleanUp(Run run, Results results) {
        if (!run.exists()) {
            throw new CommandFailedException("there is no run " + run.id() + ": no folder " + run.folder());
        }
        RunStore.open(run.folder()).close();
        run.cleanUp();
        results.print("deleted " + run.folder());
        return ExitCodes.OK;
    }

    private void begin(Run run, Reprocess reprocess) throws InterruptedException {
        if (!options.hasRange()) {
            throw new CommandFailedException("there is no run " + run.id() + " to go on with (no folder " + run.folder()
                    + "); give --from to begin one");
        }
        Plan plan = reprocess.plan(options.request(clock));
        show(run, plan);
        if (dryRun) {
            return;
        }
        reprocess.requireTables();
        try (RunStore store = RunStore.open(run.folder())) {
            store.note(FORMAT, THIS_FORMAT);
            store.note(PLAN, PlanText.write(plan));
            store.note(REQUEST, options.text());
            store.commit();
            say("run " + run.id() + " begins; if it is cut off, --run-id " + run.id() + " goes on");
            finish(run, reprocess, store, plan);
        }
        end(run);
    }

    private void goOn(Run run, Reprocess reprocess) throws InterruptedException {
        try (RunStore store = RunStore.open(run.folder())) {
            String begun = store.note(REQUEST).orElse("");
            if (options.hasRange() && !begun.equals(options.text())) {
                throw new CommandFailedException("the run " + run.id() + " was begun with " + begun
                        + "; go on without a range, or take another --run-id");
            }
            if (!begun.isEmpty() && !store.note(FORMAT).equals(Optional.of(THIS_FORMAT))) {
                throw new CommandFailedException(
                        "the run " + run.id()
                                + " was begun by another release, which kept its state otherwise; delete it with --clean-up, and begin anew");
            }
            Plan plan = PlanText.read(store.note(PLAN)
                    .orElseThrow(() -> new CommandFailedException("the folder " + run.folder()
                            + " holds no plan of a run; delete it with --clean-up, and begin anew")));
            show(run, plan);
            if (dryRun) {
                return;
            }
            reprocess.requireTables();
            say("going on with run " + run.id());
            finish(run, reprocess, store, plan);
        }
        end(run);
    }

    private void finish(Run run, Reprocess reprocess, RunStore store, Plan plan) throws InterruptedException {
        try {
            Tally tally = reprocess.run(store, plan, options.perSecond());
            if (json) {
                Report.json(run, plan, tally, diff, out());
            } else {
                Report.print(run, tally, diff, out());
            }
        } catch (CommandFailedException e) {
            throw new CommandFailedException(e.getMessage() + hint(run), e);
        }
    }

    private void end(Run run) {
        if (keep) {
            say("kept " + run.folder());
        } else if (!dryRun) {
            run.cleanUp();
        }
    }

    /** The plan is for the eyes of whoever waits, unless it is all that was asked for. */
    private void show(Run run, Plan plan) {
        if (dryRun && json) {
            Report.json(run, plan, null, false, out());
            return;
        }
        PrintWriter to = dryRun ? out() : err();
        PlanText.lines(plan).forEach(to::println);
        to.flush();
    }

    private static String hint(Run run) {
        return "%nWhat was done is kept: go on with --run-id %s, or delete it with --run-id %s --clean-up."
                .formatted(run.id(), run.id());
    }
}
