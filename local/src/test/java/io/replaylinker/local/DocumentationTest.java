package io.replaylinker.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the documents to the repository: what they point to is there, and what they tell to type exists. */
class DocumentationTest {

    /** Surefire starts in the module's folder. */
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]\\n]*]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern COMMAND = Pattern.compile("\\./replay-linker ([a-z][a-z-]*)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");

    @Test
    void shouldLinkOnlyToWhatIsThere() {
        // Given
        List<Path> documents = documents();

        // When
        List<String> broken = documents.stream()
                .flatMap(document -> matches(LINK, withoutCode(document))
                        .map(link -> link.group(1))
                        .filter(link -> !ELSEWHERE.matcher(link).matches())
                        .filter(link -> !leadsSomewhere(document, link))
                        .map(link -> ROOT.relativize(document) + ": " + link))
                .toList();

        // Then
        assertThat(documents).contains(ROOT.resolve("README.md"));
        assertThat(broken).isEmpty();
    }

    @Test
    void shouldListEveryDecision() {
        // Given
        Path index = ROOT.resolve("docs/adr/README.md");

        // When
        Set<Path> listed = matches(LINK, withoutCode(index))
                .map(link -> index.resolveSibling(link.group(1)))
                .collect(Collectors.toSet());

        // Then
        assertThat(listed)
                .containsAll(documents().stream()
                        .filter(document -> document.startsWith(ROOT.resolve("docs/adr")))
                        .filter(document -> !document.equals(index))
                        .toList());
    }

    @Test
    void shouldShowOnlyCommandsThatExist() {
        // Given
        Set<String> commands = Main.commandLine().getSubcommands().keySet();

        // When
        List<String> unknown = documents().stream()
                .flatMap(document -> matches(COMMAND, text(document))
                        .map(command -> command.group(1))
                        .filter(command -> !commands.contains(command))
                        .map(command -> ROOT.relativize(document) + ": " + command))
                .toList();

        // Then
        assertThat(commands).contains("demo", "run");
        assertThat(unknown).isEmpty();
    }

    private static boolean leadsSomewhere(Path document, String link) {
        int anchorAt = link.indexOf('#');
        String file = anchorAt < 0 ? link : link.substring(0, anchorAt);
        Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        if (!target.startsWith(ROOT) || !Files.exists(target)) {
            return false;
        }
        return anchorAt < 0 || anchors(target).contains(link.substring(anchorAt + 1));
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path document) {
        return matches(HEADING, withoutCode(document))
                .map(heading -> heading.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static List<Path> documents() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> Stream.iterate(file, path -> !path.equals(ROOT), Path::getParent)
                            .noneMatch(
                                    path -> NOT_OURS.contains(path.getFileName().toString())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static String withoutCode(Path document) {
        return FENCED.matcher(text(document)).replaceAll("");
    }

    private static String text(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
