package io.replaylinker.benchmarks;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The compact records' bytes. */
@Command(
        name = "records",
        mixinStandardHelpOptions = true,
        description = {
            "Claims, sightings, observations of traces and links to bytes and back.",
            "Nanoseconds a record of the working thread's processor time."
        })
final class RecordsCommand implements Callable<Integer> {

    @Option(
            names = "--rounds",
            description =
                    "How often each benchmark runs in a fresh JVM, one to two minutes each; medians count (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Override
    public Integer call() throws Exception {
        RecordFigures figures = new RecordFigures(rounds);
        figures.run();
        figures.print(System.out);
        return 0;
    }
}
