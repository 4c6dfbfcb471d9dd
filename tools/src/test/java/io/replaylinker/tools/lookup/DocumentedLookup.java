package io.replaylinker.tools.lookup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sample of docs/commands.md that asks the tables: what is typed, and what comes of it, on the day that the text has.
 *
 * @param arguments without the file of settings
 * @param output of both streams, the one of errors first; the age of the answer is that of the text
 */
record DocumentedLookup(List<String> arguments, String output) {

    static final String DAY = "2026-10-05";

    private static final Pattern SAMPLE = Pattern.compile(
            "```\\R\\$ \\./replay-linker ((?:lookup|coverage|why)[^\\n]*) --config worker\\.properties\\R(.*?)\\R```",
            Pattern.DOTALL);
    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /** Surefire starts in the module's folder. */
    private static final Path PAGE = Path.of("../docs/commands.md");

    /** Puts what is printed now in place of what the page shows. */
    static void renew(Function<DocumentedLookup, String> printed) throws IOException {
        String page = Files.readString(PAGE);
        for (DocumentedLookup sample : all()) {
            page = page.replace("\n" + sample.output() + "\n```", "\n" + printed.apply(sample) + "\n```");
        }
        Files.writeString(PAGE, page);
    }

    static List<DocumentedLookup> all() throws IOException {
        List<DocumentedLookup> samples = new ArrayList<>();
        Matcher sample = SAMPLE.matcher(Files.readString(PAGE));
        while (sample.find()) {
            samples.add(new DocumentedLookup(arguments(sample.group(1)), sample.group(2)));
        }
        return samples;
    }

    /** What was printed, as the text would have it. */
    static String asDocumented(String printed, String day) {
        return printed.replace(day, DAY)
                .replaceAll("(?<before>UTC, )[^,\\n]* ago", "${before}2.417 s ago")
                .replaceAll("(?<before>\"age_ms\" : )\\d+", "${before}2417")
                .strip();
    }

    private static List<String> arguments(String line) {
        return ARGUMENT.matcher(line).results().map(DocumentedLookup::argument).toList();
    }

    private static String argument(MatchResult part) {
        return part.group(1) == null ? part.group(2) : part.group(1);
    }
}
