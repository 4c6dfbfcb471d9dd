package io.replaylinker.benchmarks.tables;

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

/** Questions about traces, errors and issues among many nodes. */
@Command(
        name = "traces",
        mixinStandardHelpOptions = true,
        description = {
            "What each question about traces, errors and issues takes among many nodes, and bytes a node on disk.",
            "Ten million nodes take some minutes and 3 GB."
        })
public final class TracesCommand implements Callable<Integer>, CheckedOptions {

    @Option(names = "--nodes", description = "Nodes that the engine makes (default: ${DEFAULT-VALUE}).")
    private long nodes = 10_000_000;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where the tables lie meanwhile (default: ${DEFAULT-VALUE}).")
    private Path work = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (nodes < 100_000) {
            problems.add("--nodes: at least 100000");
        }
        if (!Files.isDirectory(work)) {
            problems.add("--work: " + work + " is no folder");
        }
        return problems;
    }

    @Override
    public Integer call() throws Exception {
        List<TablesBenchmark.Figure> figures = new TracesBenchmark(work, nodes, System.err::println).run();
        System.out.println("| figure | value |\n|---|---|");
        figures.forEach(figure -> System.out.printf(
                Locale.ROOT, "| %s | %,.1f %s |%n", figure.name().replace('_', ' '), figure.value(), figure.unit()));
        return ExitCodes.OK;
    }
}
