package io.replaylinker.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A fenced block of a document, which a test compares with what the program prints. {@code DocumentedBlocksTest} finds these tests by their
 * calls of {@link #of}, both arguments of which are literals there.
 *
 * @param document path from the folder of the repository
 * @param at index of its first line in the document, without the fence
 * @param lines without the indentation of the fence
 */
public record DocumentedBlock(String document, int at, List<String> lines) {

    /** In a document, a line of its own for lines that are left out, and the end of a line that is cut. */
    private static final String LEFT_OUT = "...";

    private static final String PROMPT = "$ ";
    private static final Pattern FENCE = Pattern.compile("\\s*```.*");
    /** Replaces what documents show by what is printed, in blocks where nothing is left out. */
    private static final boolean RENEW = Boolean.getBoolean("docs.renew");

    /** Tests start in the folder of a module. */
    private static final Path ROOT = Path.of("..");

    /**
     * Finds the block that has a line.
     *
     * @param line all of it, the only one of its text in the blocks of the document
     */
    public static DocumentedBlock of(String document, String line) {
        List<DocumentedBlock> found = all(document).stream()
                .filter(block -> block.lines().contains(line))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " blocks of " + document + " have the line " + line);
        }
        return found.get(0);
    }

    /** All blocks of a document. */
    public static List<DocumentedBlock> all(String document) {
        List<String> lines = read(document);
        List<Integer> fences = IntStream.range(0, lines.size())
                .filter(line -> FENCE.matcher(lines.get(line)).matches())
                .boxed()
                .toList();
        List<DocumentedBlock> blocks = new ArrayList<>();
        for (int fence = 0; fence + 1 < fences.size(); fence += 2) {
            String indentation = lines.get(fences.get(fence)).replaceFirst("```.*", "");
            int from = fences.get(fence) + 1;
            blocks.add(new DocumentedBlock(
                    document,
                    from,
                    lines.subList(from, fences.get(fence + 1)).stream()
                            .map(line -> line.startsWith(indentation) ? line.substring(indentation.length()) : line)
                            .toList()));
        }
        return blocks;
    }

    /** The lines as one text. */
    public String text() {
        return String.join("\n", lines);
    }

    /** Asserts that the block is this text: what is printed, with times, places and the like as the document has them. */
    public void shows(String printed) {
        shows(0, lines.size(), printed);
    }

    /** Asserts the same of the lines after a command. */
    public void shows(String command, String printed) {
        int from = lines.indexOf(PROMPT + command) + 1;
        if (from == 0) {
            throw new AssertionError(document + " has no command " + command + " in the block at line " + at);
        }
        int to = from;
        while (to < lines.size() && !lines.get(to).startsWith(PROMPT)) {
            to++;
        }
        shows(from, to, printed);
    }

    private void shows(int from, int to, String printed) {
        List<String> shown = lines.subList(from, to);
        List<String> actual = printed.strip().isEmpty()
                ? List.of()
                : withoutBlanks(printed.lines().map(String::stripTrailing));
        if (matches(shown, actual)) {
            return;
        }
        if (RENEW && shown.stream().noneMatch(line -> line.endsWith(LEFT_OUT))) {
            renew(from, to, actual);
            return;
        }
        throw new AssertionError("%s, line %d, shows%n%s%n%nbut the program prints%n%s%n"
                .formatted(document, at + from + 1, String.join("\n", shown), String.join("\n", actual)));
    }

    private static List<String> withoutBlanks(Stream<String> printed) {
        List<String> lines = new ArrayList<>(printed.toList());
        while (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        while (lines.get(0).isEmpty()) {
            lines.remove(0);
        }
        return lines;
    }

    private static boolean matches(List<String> shown, List<String> actual) {
        if (shown.isEmpty()) {
            return actual.isEmpty();
        }
        String first = shown.get(0);
        List<String> rest = shown.subList(1, shown.size());
        if (first.strip().equals(LEFT_OUT)) {
            return IntStream.rangeClosed(0, actual.size())
                    .anyMatch(left -> matches(rest, actual.subList(left, actual.size())));
        }
        if (actual.isEmpty()) {
            return false;
        }
        boolean isCut = first.endsWith(LEFT_OUT);
        return (isCut
                        ? actual.get(0).startsWith(first.substring(0, first.length() - LEFT_OUT.length()))
                        : actual.get(0).equals(first))
                && matches(rest, actual.subList(1, actual.size()));
    }

    /** Tests of one document run one after the other. */
    private void renew(int from, int to, List<String> actual) {
        List<String> page = new ArrayList<>(read(document));
        List<String> block = page.subList(at + from, at + to);
        block.clear();
        block.addAll(actual);
        try {
            Files.writeString(ROOT.resolve(document), String.join("\n", page) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> read(String document) {
        try {
            return Collections.unmodifiableList(Files.readAllLines(ROOT.resolve(document)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
