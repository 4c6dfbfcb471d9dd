package io.replaylinker.tools.deadletter;

import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Results;
import io.replaylinker.runtime.cli.TextTable;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.topology.TopologySettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Counts dead letters by kind, and lists the newest. */
@Command(name = "list", description = "Count the dead letters by reason, and show the newest.")
final class DlqListCommand extends DlqSubcommand {

    private static final int MOST = 1_000;

    @Mixin
    private DeadLetterOptions options = new DeadLetterOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Dead letters to show, 0 to " + MOST + "; ${DEFAULT-VALUE} by default.")
    private int limit;

    private record Kind(String stage, String reason, String topic) implements Comparable<Kind> {

        private static final Comparator<Kind> ORDER =
                Comparator.comparing(Kind::stage).thenComparing(Kind::reason).thenComparing(Kind::topic);

        @Override
        public int compareTo(Kind other) {
            return ORDER.compare(this, other);
        }
    }

    @Override
    protected List<String> ownProblems() {
        List<String> problems = options.problems();
        if (limit < 0 || limit > MOST) {
            problems.add("--limit " + limit + ": must be 0 to " + MOST);
        }
        return problems;
    }

    @Override
    int answer(KafkaProperties kafka, TopologySettings topology, ValueSerdes serdes, Results results) {
        String topic = topology.topics().deadLetters();
        Map<Kind, Long> kinds = new TreeMap<>();
        PriorityQueue<DeadLetterRecord> newest = new PriorityQueue<>(Comparator.comparing(DeadLetterRecord::written));
        forEachDeadLetter(kafka, topic, serdes, options.filter(Clock.systemUTC()), deadLetter -> {
            kinds.merge(
                    new Kind(
                            deadLetter.content().getStage(),
                            deadLetter.content().getReason(),
                            deadLetter.content().getTopic()),
                    1L,
                    Long::sum);
            newest.add(deadLetter);
            if (newest.size() > limit) {
                newest.remove();
            }
        });
        List<DeadLetterRecord> shown = new ArrayList<>(newest);
        shown.sort(Comparator.comparing(DeadLetterRecord::written).reversed());
        long all = kinds.values().stream().mapToLong(Long::longValue).sum();
        if (options.json()) {
            results.print(JsonFields.document(json -> {
                json.number("dead_letters", all);
                json.array("kinds", List.copyOf(kinds.entrySet()), kind -> {
                    json.number("dead_letters", kind.getValue());
                    json.text("stage", kind.getKey().stage());
                    json.text("reason", kind.getKey().reason());
                    json.text("topic", kind.getKey().topic());
                });
                json.array("newest", shown, deadLetter -> DeadLetterJson.write(json, deadLetter));
            }));
        } else {
            results.print(String.join(System.lineSeparator(), text(topic, all, kinds, shown)));
        }
        return ExitCodes.OK;
    }

    private static List<String> text(String topic, long all, Map<Kind, Long> kinds, List<DeadLetterRecord> shown) {
        List<String> lines = new ArrayList<>();
        lines.add(topic + ": " + (all == 0 ? "no dead letters" : all == 1 ? "1 dead letter" : all + " dead letters"));
        if (all > 0) {
            TextTable counts = new TextTable("  ", ">count", "stage", "reason", "topic");
            kinds.forEach((kind, count) -> counts.row(
                    Long.toString(count), kind.stage(), Words.cut(kind.reason(), 40), Words.cut(kind.topic(), 80)));
            lines.addAll(counts.lines());
        }
        if (!shown.isEmpty()) {
            lines.add("");
            TextTable table = new TextTable("  ", "set aside (UTC)", "record", ">bytes", "reason", "detail");
            shown.forEach(deadLetter -> table.row(
                    Words.time(deadLetter.written()),
                    deadLetter.place().toString(),
                    deadLetter.size(),
                    Words.cut(deadLetter.content().getReason(), 40),
                    Words.cut(deadLetter.content().getDetail(), 240)));
            lines.addAll(table.lines());
        }
        return lines;
    }
}
