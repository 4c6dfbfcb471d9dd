package io.replaylinker.tools.deadletter;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Results;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.SourceConsumer;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.topology.TopologySettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All that is known of one record that was set aside, and whether it would be read today. */
@Command(name = "show", description = "Show a dead letter, and whether its record still exists and can be read now.")
final class DlqShowCommand extends DlqSubcommand {

    private static final DeadLetterFilter ALL = new DeadLetterFilter(null, null, null, null);

    @Parameters(paramLabel = "RECORD", description = "The record as list prints it: topic/partition@offset.")
    private String record = "";

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Also write the record's value into a new file, byte by byte. It may hold personal data.")
    private @Nullable Path save;

    @Option(names = "--json", description = "One JSON object instead of text.")
    private boolean json;

    @Override
    protected List<String> ownProblems() {
        List<String> problems = new ArrayList<>();
        if (Place.parse(record).isEmpty()) {
            problems.add("RECORD " + Words.cut(record, 80) + ": must be topic/partition@offset, such as events/0@1234");
        }
        if (save != null && Files.exists(save)) {
            problems.add("--save " + save + ": already exists");
        }
        return problems;
    }

    @Override
    int answer(KafkaProperties kafka, TopologySettings topology, ValueSerdes serdes, Results results) {
        String topic = topology.topics().deadLetters();
        Place place = Place.parse(record).orElseThrow();
        List<DeadLetterRecord> found = new ArrayList<>();
        forEachDeadLetter(kafka, topic, serdes, ALL, deadLetter -> {
            if (deadLetter.place().equals(place)) {
                found.add(deadLetter);
            }
        });
        if (found.isEmpty()) {
            printMessage(place + ": no dead letter on " + topic + " for this record; dlq list lists them");
            return ExitCodes.UNKNOWN;
        }
        DeadLetterRecord deadLetter = found.get(found.size() - 1);
        Original original = original(kafka, deadLetter);
        String now = now(topology, deadLetter, original);
        if (json) {
            results.print(JsonFields.document(fields -> {
                DeadLetterJson.write(fields, deadLetter);
                fields.number("dead_letters", (long) found.size());
                fields.text("now", now);
            }));
        } else {
            results.print(String.join(System.lineSeparator(), text(deadLetter, found.size(), now)));
        }
        return ExitCodes.OK;
    }

    private Original original(KafkaProperties kafka, DeadLetterRecord deadLetter) {
        try (Consumer<byte[], byte[]> consumer = SourceConsumer.of(kafka, CLIENT)) {
            Original original = new Originals(consumer).of(deadLetter);
            if (save != null) {
                save(save, original);
            }
            return original;
        }
    }

    private static void save(Path file, Original original) {
        if (!(original instanceof Original.There there)) {
            throw new CommandFailedException("nothing to save: " + ((Original.Gone) original).why());
        }
        try {
            byte[] value = there.record().value();
            Files.write(file, value == null ? new byte[0] : value, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException(file + " already exists; choose another file", e);
        } catch (IOException e) {
            throw new CommandFailedException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static String now(TopologySettings topology, DeadLetterRecord deadLetter, Original original) {
        if (original instanceof Original.Gone gone) {
            return "gone: " + gone.why();
        }
        if (deadLetter.isOfSink()) {
            return "still in the topic; dlq retry publishes it for the sink again";
        }
        return new DecodeCheck(topology)
                .problem(((Original.There) original).record())
                .map(problem -> "still in the topic, and still cannot be read: " + problem)
                .orElse("still in the topic, and can be read now; dlq retry prints how to create its links");
    }

    private static List<String> text(DeadLetterRecord deadLetter, int count, String now) {
        List<String> lines = new ArrayList<>();
        lines.add(deadLetter.place().toString());
        lines.add("  set aside  " + Words.time(deadLetter.written()) + " UTC"
                + (count > 1 ? ", the last of " + count + " dead letters of this record" : ""));
        lines.add("  stage      " + Words.cut(deadLetter.content().getStage(), 40));
        lines.add("  reason     "
                + Words.cut(
                        deadLetter.content().getReason() + ": "
                                + deadLetter.content().getDetail(),
                        400));
        if (deadLetter.content().getException() != null) {
            lines.add("  exception  " + Words.cut(deadLetter.content().getException(), 200));
        }
        lines.add("  record     " + Words.time(deadLetter.recordTime()) + " UTC, " + deadLetter.size()
                + " bytes, SHA-256 " + deadLetter.sha256());
        String head = Words.cut(new String(deadLetter.head(), StandardCharsets.UTF_8), 200);
        if (!head.isBlank()) {
            lines.add("  begins     " + head);
        }
        lines.add("  now        " + now);
        return lines;
    }
}
