package io.replaylinker.tools.letters;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Results;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.wiring.SourceConsumer;
import io.replaylinker.serdes.avro.ValueSerdes;
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
@Command(name = "show", description = "All that is known of one record that was set aside, and what is there now.")
final class ShowLetter extends LettersCommand {

    private static final LetterFilter ALL = new LetterFilter(null, null, null, null);

    @Parameters(paramLabel = "RECORD", description = "The record, as list writes it: topic/partition@offset.")
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
            problems.add("RECORD " + Words.cut(record, 80) + ": must be topic/partition@offset, as events/0@1234");
        }
        if (save != null && Files.exists(save)) {
            problems.add("--save " + save + ": is there already");
        }
        return problems;
    }

    @Override
    int answer(Settings settings, ValueSerdes serdes, Results results) {
        Place place = Place.parse(record).orElseThrow();
        List<Letter> found = new ArrayList<>();
        letters(settings, serdes, ALL, letter -> {
            if (letter.place().equals(place)) {
                found.add(letter);
            }
        });
        if (found.isEmpty()) {
            say(place + ": no letter on " + topic(settings) + " is about it; dlq list shows which there are");
            return ExitCodes.UNKNOWN;
        }
        Letter letter = found.get(found.size() - 1);
        Original original = original(settings, letter);
        String now = now(settings, serdes, letter, original);
        if (json) {
            results.print(JsonFields.document(fields -> {
                LetterJson.write(fields, letter);
                fields.number("letters", (long) found.size());
                fields.text("now", now);
            }));
        } else {
            results.print(String.join(System.lineSeparator(), text(letter, found.size(), now)));
        }
        return ExitCodes.OK;
    }

    private Original original(Settings settings, Letter letter) {
        try (Consumer<byte[], byte[]> consumer = SourceConsumer.of(settings, CLIENT)) {
            Original original = new Originals(consumer).of(letter);
            if (save != null) {
                save(save, original);
            }
            return original;
        }
    }

    private static void save(Path file, Original original) {
        if (!(original instanceof Original.There there)) {
            throw new CommandFailedException("there is nothing to save: " + ((Original.Gone) original).why());
        }
        try {
            byte[] value = there.record().value();
            Files.write(file, value == null ? new byte[0] : value, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException(file + " is there already; name another file", e);
        } catch (IOException e) {
            throw new CommandFailedException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static String now(Settings settings, ValueSerdes serdes, Letter letter, Original original) {
        if (original instanceof Original.Gone gone) {
            return "gone: " + gone.why();
        }
        if (letter.isOfSink()) {
            return "still there; dlq replay puts it before ClickHouse again";
        }
        return look(settings, serdes)
                .trouble(((Original.There) original).record())
                .map(trouble -> "still there, and still cannot be read: " + trouble)
                .orElse("still there, and can be read now; dlq replay says how its links are made");
    }

    private static List<String> text(Letter letter, int letters, String now) {
        List<String> lines = new ArrayList<>();
        lines.add(letter.place().toString());
        lines.add("  set aside  " + Words.time(letter.written()) + " UTC"
                + (letters > 1 ? ", the last of " + letters + " letters about it" : ""));
        lines.add("  stage      " + Words.cut(letter.content().getStage(), 40));
        lines.add("  reason     "
                + Words.cut(
                        letter.content().getReason() + ": " + letter.content().getDetail(), 400));
        if (letter.content().getException() != null) {
            lines.add("  exception  " + Words.cut(letter.content().getException(), 200));
        }
        lines.add("  record     " + Words.time(letter.recordTime()) + " UTC, " + letter.size() + " bytes, SHA-256 "
                + letter.sha256());
        String head = Words.cut(new String(letter.head(), StandardCharsets.UTF_8), 200);
        if (!head.isBlank()) {
            lines.add("  begins     " + head);
        }
        lines.add("  now        " + now);
        return lines;
    }
}
