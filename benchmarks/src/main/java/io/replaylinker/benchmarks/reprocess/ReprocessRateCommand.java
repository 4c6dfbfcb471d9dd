package io.replaylinker.benchmarks.reprocess;

import io.replaylinker.runtime.cli.CheckedOptions;
import io.replaylinker.runtime.cli.ExitCodes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast a past range is linked anew. */
@Command(
        name = "reprocess",
        mixinStandardHelpOptions = true,
        description = {
            "The command reprocess over the workload of the join: into empty tables, and once more when nothing is to be",
            "changed. Some minutes."
        })
public final class ReprocessRateCommand implements Callable<Integer>, CheckedOptions {

    @Option(names = "--events", description = "Events in the range (default: ${DEFAULT-VALUE}).")
    private int events = 300_000;

    @Option(names = "--seed", description = "Seed of the workload (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where topics and tables lie meanwhile, some 2 GB (default: ${DEFAULT-VALUE}).")
    private Path work = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (events < 1_000) {
            problems.add("--events: at least 1000");
        }
        if (!Files.isDirectory(work)) {
            problems.add("--work: " + work + " is no folder");
        }
        return problems;
    }

    @Override
    public Integer call() throws Exception {
        ReprocessRate.Rates rates = new ReprocessRate(work, events, seed, System.err::println).run();
        System.out.println("| run | records/s |\n|---|---|");
        System.out.printf(Locale.ROOT, "| into empty tables | %,.0f |%n", rates.filling());
        System.out.printf(Locale.ROOT, "| nothing to change | %,.0f |%n%n", rates.comparing());
        System.out.printf(Locale.ROOT, "FIGURE reprocess.filling = %.2f records/s%n", rates.filling());
        System.out.printf(Locale.ROOT, "FIGURE reprocess.comparing = %.2f records/s%n", rates.comparing());
        return ExitCodes.OK;
    }
}
