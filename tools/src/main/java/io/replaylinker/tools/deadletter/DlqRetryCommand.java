package io.replaylinker.tools.deadletter;

import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Results;
import io.replaylinker.runtime.cli.TextTable;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.SourceConsumer;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.topology.OutputTopics;
import io.replaylinker.topology.TopologySettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Another try for what was set aside. */
@Command(
        name = "retry",
        description = {
            "Retry dead letters.",
            "A row that ClickHouse refused is published to its topic again, and the running sink inserts it.",
            "A record that could not be read is read with this version. If it can be read now, its links are created by"
                    + " the reprocess command that is printed at the end. Nothing is written to the source topics."
        })
final class DlqRetryCommand extends DlqSubcommand {

    private static final int SHOWN = 20;
    private static final long EVERY = 1_000;

    @Mixin
    private DeadLetterOptions options = new DeadLetterOptions();

    @Option(names = "--dry-run", description = "Only print what would be done.")
    private boolean dryRun;

    private final Clock clock = Clock.systemUTC();

    @Override
    protected List<String> ownProblems() {
        return options.problems();
    }

    @Override
    int answer(KafkaProperties kafka, TopologySettings topology, ValueSerdes serdes, Results results) {
        String topic = topology.topics().deadLetters();
        Map<Place, DeadLetterRecord> deadLetters = new TreeMap<>(Comparator.comparing(Place::topic)
                .thenComparingInt(Place::partition)
                .thenComparingLong(Place::offset));
        forEachDeadLetter(
                kafka,
                topic,
                serdes,
                options.filter(clock),
                deadLetter -> deadLetters.put(deadLetter.place(), deadLetter));
        List<RetryResult> trials = tryAll(kafka, topology, List.copyOf(deadLetters.values()));
        Affected affected =
                new Affected(topology.join().waitFor(), topology.join().memory());
        trials.stream()
                .filter(trial -> trial.outcome() == RetryResult.Outcome.READS_NOW)
                .forEach(trial -> affected.add(trial.deadLetter()));
        @Nullable String range = affected.options(clock.instant()).orElse(null);
        if (options.json()) {
            results.print(json(trials, range));
        } else {
            results.print(String.join(System.lineSeparator(), text(topic, trials, range)));
        }
        return ExitCodes.OK;
    }

    private List<RetryResult> tryAll(
            KafkaProperties kafka, TopologySettings topology, List<DeadLetterRecord> deadLetters) {
        OutputTopics topics = topology.topics();
        Set<String> own = Set.of(topics.links(), topics.unlinked(), topics.states(), topics.nodes());
        List<RetryResult> trials = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = SourceConsumer.of(kafka, CLIENT);
                Republisher republisher = dryRun ? Republisher.nothing() : Republisher.into(kafka.producer())) {
            RetryAttempt again =
                    new RetryAttempt(new Originals(consumer), new DecodeCheck(topology), own, republisher::accept);
            for (DeadLetterRecord deadLetter : deadLetters) {
                trials.add(again.of(deadLetter));
                if (trials.size() % EVERY == 0) {
                    printMessage("tried " + trials.size() + " of " + deadLetters.size());
                }
            }
            republisher.flush();
        }
        return trials;
    }

    private static Map<RetryResult.Outcome, Long> counts(List<RetryResult> trials) {
        Map<RetryResult.Outcome, Long> counts = new TreeMap<>();
        trials.forEach(trial -> counts.merge(trial.outcome(), 1L, Long::sum));
        return counts;
    }

    private String json(List<RetryResult> trials, @Nullable String range) {
        Map<RetryResult.Outcome, Long> counts = counts(trials);
        return JsonFields.document(json -> {
            json.flag("dry_run", dryRun);
            json.number("records", (long) trials.size());
            for (RetryResult.Outcome outcome : RetryResult.Outcome.values()) {
                json.number(outcome.name().toLowerCase(Locale.ROOT), counts.getOrDefault(outcome, 0L));
            }
            json.text("reprocess", range);
            json.array("trials", trials, trial -> {
                json.text("record", trial.deadLetter().place().toString());
                json.text("outcome", trial.outcome().name().toLowerCase(Locale.ROOT));
                json.text("detail", trial.detail());
            });
        });
    }

    private List<String> text(String topic, List<RetryResult> trials, @Nullable String range) {
        List<String> lines = new ArrayList<>();
        if (trials.isEmpty()) {
            lines.add(topic + ": no dead letters to retry");
            return lines;
        }
        lines.add(trials.size() + (trials.size() == 1 ? " record" : " records") + " retried"
                + (dryRun ? "; nothing was written" : ""));
        counts(trials).forEach((outcome, count) -> lines.add("  %,d %s".formatted(count, outcome.description())));
        List<RetryResult> others = trials.stream()
                .filter(trial -> !trial.detail().isEmpty())
                .limit(SHOWN)
                .toList();
        if (!others.isEmpty()) {
            lines.add("");
            TextTable table = new TextTable("  ", "record", "outcome", "detail");
            others.forEach(trial -> table.row(
                    trial.deadLetter().place().toString(),
                    trial.outcome().description(),
                    Words.cut(trial.detail(), 120)));
            lines.addAll(table.lines());
        }
        if (range != null) {
            lines.add("");
            lines.add("create the links of the records that can be read now with");
            lines.add("  replay-linker reprocess --config FILE " + range);
        }
        return lines;
    }
}
