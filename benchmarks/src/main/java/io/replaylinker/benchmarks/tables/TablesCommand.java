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

/** The sink against bare inserts, and readers' questions to millions of links. */
@Command(
        name = "tables",
        mixinStandardHelpOptions = true,
        description = {
            "Links from their topic into all tables, against bare inserts of the same rows; how soon they are visible;",
            "what each question of a reader takes among millions of links, in many parts and in few; bytes a link on",
            "disk. Ten to twenty minutes."
        })
public final class TablesCommand implements Callable<Integer>, CheckedOptions {

    @Option(names = "--links", description = "Links through the sink (default: ${DEFAULT-VALUE}).")
    private int links = 500_000;

    @Option(names = "--rounds", description = "How often sink and bare inserts take turns (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(
            names = "--generated",
            description = "Links that the engine makes for the questions (default: ${DEFAULT-VALUE}).")
    private long generated = 10_000_000;

    @Option(names = "--seed", description = "Seed of ids and questions (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where topic and tables lie meanwhile, some 3 GB (default: ${DEFAULT-VALUE}).")
    private Path work = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (links < 1_000 || generated < 1_000) {
            problems.add("--links, --generated: at least 1000");
        }
        if (rounds < 1) {
            problems.add("--rounds: at least 1, not " + rounds);
        }
        if (!Files.isDirectory(work)) {
            problems.add("--work: " + work + " is no folder");
        }
        return problems;
    }

    @Override
    public Integer call() throws Exception {
        List<TablesBenchmark.Figure> figures =
                new TablesBenchmark(work, links, rounds, generated, seed, System.err::println).run();
        System.out.println("| figure | value |\n|---|---|");
        figures.forEach(figure -> System.out.printf(
                Locale.ROOT, "| %s | %,.1f %s |%n", figure.name().replace('_', ' '), figure.value(), figure.unit()));
        System.out.println();
        figures.forEach(figure -> System.out.printf(
                Locale.ROOT, "FIGURE tables.%s = %.2f %s%n", figure.name(), figure.value(), figure.unit()));
        return ExitCodes.OK;
    }
}
