package io.replaylinker.runtime.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;

/** Reads a file of properties with the lines of its entries, which {@link Properties} does not report. */
final class PropertiesFile {

    private static final String BLANKS = " \t\f";

    private final Path file;
    private final Consumer<Entry> entries;
    private final Consumer<String> problems;

    private PropertiesFile(Path file, Consumer<Entry> entries, Consumer<String> problems) {
        this.file = file;
        this.entries = entries;
        this.problems = problems;
    }

    /**
     * An entry, without blanks around name and value.
     *
     * @param line where it begins, from 1
     */
    record Entry(int line, String name, String value) {}

    /**
     * Reads all entries in the order of the file. Entries that cannot be read are reported and left out.
     *
     * @param file in UTF-8
     * @throws IOException if the file cannot be read
     */
    static void read(Path file, Consumer<Entry> entries, Consumer<String> problems) throws IOException {
        new PropertiesFile(file, entries, problems).read(Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    private void read(List<String> lines) throws IOException {
        int next = 0;
        while (next < lines.size()) {
            int first = next++;
            StringBuilder entry = new StringBuilder(lines.get(first));
            if (isComment(entry)) {
                continue;
            }
            while (next < lines.size() && isContinued(entry)) {
                entry.append('\n').append(lines.get(next++));
            }
            read(first + 1, entry.toString());
        }
    }

    private void read(int line, String text) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            problems.accept("%s:%d: cannot be read: %s".formatted(file, line, SettingsMessages.cause(e)));
        }
        properties.forEach((name, value) -> entries.accept(
                new Entry(line, name.toString().strip(), value.toString().strip())));
    }

    private static boolean isComment(CharSequence line) {
        int at = 0;
        while (at < line.length() && BLANKS.indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        return at < line.length() && (line.charAt(at) == '#' || line.charAt(at) == '!');
    }

    /** A line that ends with an odd number of backslashes continues in the next one. */
    private static boolean isContinued(CharSequence line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
