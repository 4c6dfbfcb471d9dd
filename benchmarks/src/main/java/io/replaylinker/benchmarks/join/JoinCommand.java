package io.replaylinker.benchmarks.join;

import io.replaylinker.benchmarks.workload.Format;
import io.replaylinker.benchmarks.workload.SourceTopics;
import io.replaylinker.runtime.cli.CheckedOptions;
import io.replaylinker.runtime.cli.ExitCodes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole pipeline, from topics to topic, against its peers. */
@Command(
        name = "join",
        mixinStandardHelpOptions = true,
        description = {
            "The whole pipeline, from topics to topic, against plain consumption, a bare shuffle and other joins.",
            "Trials: consume, shuffle, join, dsl, wait (two waits), hot (one trace, one replay), flink (needs -Pflink)."
        })
public final class JoinCommand implements Callable<Integer>, CheckedOptions {

    private static final int EVENTS = 1_000_000;
    private static final int WARM_UP_EVENTS = 300_000;
    private static final int JSON_SHARE = 5;
    private static final int FEWEST_EVENTS = 500;
    private static final int MOST_SPANS = 1_000;

    @Option(names = "--format", split = ",", description = "avro, json or both (default: both).")
    private Set<Format> formats = EnumSet.allOf(Format.class);

    @Option(
            names = "--events",
            description = "Events on the topics; JSON has a fifth of them, at 10 KB each (default: ${DEFAULT-VALUE}).")
    private int events = EVENTS;

    @Option(
            names = "--spans",
            description =
                    "Spans of a call in the JSON workload, where every other call of a server is streamed spans in place of a"
                            + " transaction; 0: transactions only (default: ${DEFAULT-VALUE}).")
    private int spans = 30;

    @Option(
            names = "--warm-up",
            description = "Events that each trial reads before it is measured, so that its code is compiled; 0 for none"
                    + " (default: ${DEFAULT-VALUE}).")
    private int warmUpEvents = WARM_UP_EVENTS;

    @Option(names = "--rounds", description = "How often each trial runs; medians count (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--only", split = ",", description = "Some of the trials, by name (default: all but flink).")
    private List<String> only =
            Trial.GROUPS.stream().filter(group -> !group.equals("flink")).toList();

    @Option(names = "--guarantee", split = ",", description = "at_least_once, exactly_once_v2 or both (default: both).")
    private Set<Guarantee> guarantees = EnumSet.allOf(Guarantee.class);

    @Option(names = "--threads", description = "Threads of each program (default: ${DEFAULT-VALUE}).")
    private int threads = 2;

    @Option(
            names = "--partitions",
            description = "Partitions of each source topic; a self-hosted Sentry has one (default: ${DEFAULT-VALUE}).")
    private int partitions = 1;

    @Option(names = "--heap", description = "Heap of each program, as -Xmx takes it (default: ${DEFAULT-VALUE}).")
    private String heap = "1g";

    @Option(names = "--seed", description = "Seed of the workload (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the worker, over its default, for all programs on Kafka Streams. Repeatable.")
    private Map<String, String> settings = new TreeMap<>();

    @Option(names = "--profile", paramLabel = "FILE.jfr", description = "Record the last trial of the product.")
    private @Nullable Path profile;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where topics and state lie meanwhile, up to 15 GB (default: ${DEFAULT-VALUE}).")
    private Path work = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        only.stream()
                .filter(group -> !Trial.GROUPS.contains(group))
                .forEach(group -> problems.add(
                        "--only: no trial is called " + group + "; there are " + String.join(", ", Trial.GROUPS)));
        if (events < FEWEST_EVENTS) {
            problems.add("--events: at least " + FEWEST_EVENTS + ", not " + events);
        }
        if (warmUpEvents != 0 && warmUpEvents < FEWEST_EVENTS) {
            problems.add("--warm-up: 0, or at least " + FEWEST_EVENTS + ", not " + warmUpEvents);
        }
        if (spans != 0 && (spans < SourceTopics.FEWEST_SPANS || spans > MOST_SPANS)) {
            problems.add("--spans: 0, or " + SourceTopics.FEWEST_SPANS + " to " + MOST_SPANS + ", not " + spans);
        }
        Map.of("--rounds", rounds, "--threads", threads, "--partitions", partitions)
                .forEach((name, value) -> {
                    if (value < 1) {
                        problems.add(name + ": at least 1, not " + value);
                    }
                });
        if (!Files.isDirectory(work)) {
            problems.add("--work: " + work + " is no folder");
        }
        return problems;
    }

    @Override
    public Integer call() throws Exception {
        JoinOptions options = new JoinOptions(
                formats,
                events,
                events / JSON_SHARE,
                spans,
                warmUpEvents,
                rounds,
                only,
                guarantees,
                threads,
                partitions,
                heap,
                seed,
                settings,
                profile,
                work);
        JoinResults results = new JoinBenchmark(options, System.err::println).run();
        results.print(System.out);
        return results.failures() == 0 ? ExitCodes.OK : ExitCodes.FAILURE;
    }
}
