package io.replaylinker.benchmarks.join;

import io.replaylinker.benchmarks.workload.ExpectedLinks;
import io.replaylinker.benchmarks.workload.Format;
import io.replaylinker.benchmarks.workload.Prefill;
import io.replaylinker.benchmarks.workload.SourceTopics;
import io.replaylinker.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Fills the topics, then runs all trials in turn, round after round, so that what else a machine does falls on all of them. */
final class JoinBenchmark {

    private final JoinOptions options;
    private final Consumer<String> progress;
    private final Map<SourceTopics, Prefill.Written> sources = new LinkedHashMap<>();

    JoinBenchmark(JoinOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Runs it all; the folder is given back empty. */
    JoinResults run() throws IOException, InterruptedException {
        List<Trial> trials = Arrays.stream(Format.values())
                .flatMap(format -> Trial.all(format, options.spansPerCall()).stream())
                .filter(options::wants)
                .toList();
        JoinResults results = new JoinResults();
        try (WorkFolder folder = WorkFolder.create(options.work());
                BrokerProcess broker = BrokerProcess.start(folder.path())) {
            closeWhenInterrupted(broker, folder);
            for (Trial trial : trials) {
                fill(broker, trial.sources());
                if (options.warmUpEvents() > 0) {
                    fill(broker, trial.sources().ofWarmUp());
                }
            }
            for (int round = 1; round <= options.rounds(); round++) {
                for (Trial trial : trials) {
                    boolean last = round == options.rounds();
                    String summary =
                            measure(broker, folder, trial, round, last ? profileOf(trial, trials) : null, results);
                    progress.accept("round %d of %d: %s".formatted(round, options.rounds(), summary));
                }
            }
        }
        return results;
    }

    /** The broker first, which would go on writing into the folder. */
    private static void closeWhenInterrupted(BrokerProcess broker, WorkFolder folder) {
        Thread close = new Thread(
                () -> {
                    broker.close();
                    folder.close();
                },
                "close-benchmark");
        Runtime.getRuntime().addShutdownHook(close);
    }

    private void fill(BrokerProcess broker, SourceTopics topics) {
        if (sources.containsKey(topics)) {
            return;
        }
        Workload workload = workload(topics);
        broker.createTopics(topics.all(), options.partitions());
        Prefill.Written written = new Prefill(workload, topics, options.partitions()).write(broker.bootstrapServers());
        sources.put(topics, written);
        progress.accept("%s: %,d events and %,d segments in %,d records, %,d MB"
                .formatted(
                        topics.events(),
                        workload.events(),
                        workload.segments(),
                        written.records(),
                        written.bytes() / 1_000_000));
    }

    private Workload workload(SourceTopics topics) {
        return Workload.ofEvents(options.seed(), topics.shape(), options.events(topics));
    }

    /** A trial that fails costs its own line and no other. */
    private String measure(
            BrokerProcess broker,
            WorkFolder folder,
            Trial trial,
            int round,
            @Nullable Path profile,
            JoinResults results)
            throws InterruptedException {
        try {
            Measurements measured = run(broker, folder, trial, round, profile);
            results.add(trial, measured);
            return JoinResults.line(trial, measured);
        } catch (IOException e) {
            results.addFailure();
            return String.valueOf(e.getMessage());
        }
    }

    private Measurements run(BrokerProcess broker, WorkFolder work, Trial trial, int round, @Nullable Path profile)
            throws IOException, InterruptedException {
        TrialPlan plan = plan(broker, work, trial, round);
        try {
            Measurements measured = new TrialProcess(options.heap()).run(plan, profile);
            measured.put(Measurements.BYTES, written(trial.sources()).bytes());
            measured.put(Measurements.EVENTS, workload(trial.sources()).events());
            if (writesLinks(trial.subject())) {
                LinkCheck links = new LinkCheck(ExpectedLinks.of(workload(trial.sources()), trial.sources()));
                links.read(broker.bootstrapServers(), plan.output());
                links.put(measured);
            }
            return measured;
        } finally {
            broker.deleteTopics(plan.id() + "-");
            WorkFolder.delete(plan.folder());
        }
    }

    private TrialPlan plan(BrokerProcess broker, WorkFolder work, Trial trial, int round) throws IOException {
        String id = trial.id() + "-" + round;
        return new TrialPlan(
                id,
                trial.subject(),
                trial.sources(),
                written(trial.sources()).records(),
                options.warmUpEvents() > 0 ? written(trial.sources().ofWarmUp()).records() : 0,
                broker.bootstrapServers(),
                broker.pid(),
                options.threads(),
                trial.guarantee(),
                trial.waitFor(),
                trial.memory(),
                trial.startupGrace(),
                options.settings(),
                Files.createDirectories(work.path().resolve(id)));
    }

    private Prefill.Written written(SourceTopics topics) {
        Prefill.Written written = sources.get(topics);
        if (written == null) {
            throw new IllegalStateException(topics + " was not filled");
        }
        return written;
    }

    private static boolean writesLinks(Subject subject) {
        return switch (subject) {
            case JOIN, DSL, FLINK -> true;
            case CONSUME, SHUFFLE, PACKED -> false;
        };
    }

    /** The product's plainest trial is the one that is profiled. */
    private @Nullable Path profileOf(Trial trial, List<Trial> trials) {
        boolean first = trials.stream()
                .filter(any -> any.subject() == Subject.JOIN)
                .findFirst()
                .filter(trial::equals)
                .isPresent();
        return first ? options.profile() : null;
    }
}
