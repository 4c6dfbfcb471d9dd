package io.replaylinker.local;

import static io.replaylinker.local.Documents.ROOT;
import static io.replaylinker.local.Documents.documents;
import static io.replaylinker.local.Documents.files;
import static io.replaylinker.local.Documents.matches;
import static io.replaylinker.local.Documents.text;
import static io.replaylinker.local.Documents.ticked;
import static io.replaylinker.local.Documents.withoutCode;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the documents to the repository: what they point to is there, and what they tell to type exists. */
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("\\[[^\\]\\n]*]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern COMMAND = Pattern.compile("\\./replay-linker ([a-z][a-z-]*)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
    /** A class, or a member of it. */
    private static final Pattern TYPE = Pattern.compile("([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(\\.[a-z]\\w*(\\(\\))?)?");
    /** A file; without those that begin with a slash, which are not of the repository. */
    private static final Pattern FILE =
            Pattern.compile("[\\w.-][\\w./-]*\\.(java|md|xml|sql|properties|ya?ml|avsc|json|tsv|txt|template)");

    private static final Pattern PLACEHOLDER = Pattern.compile(".*(NNN|\\.\\.\\./).*");
    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");

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

    @Test
    void shouldNameOnlyClassesThatExist() {
        // Given
        Set<String> types = types();

        // When
        List<String> unknown = developersDocuments()
                .flatMap(document -> ticked(document)
                        .map(TYPE::matcher)
                        .filter(Matcher::matches)
                        .map(type -> type.group(1))
                        .filter(type -> !types.contains(type) && !isOfJava(type))
                        .map(type -> ROOT.relativize(document) + ": " + type))
                .toList();

        // Then
        assertThat(types).contains("DocumentationTest", "Link");
        assertThat(unknown).isEmpty();
    }

    @Test
    void shouldNameOnlyFilesThatExist() {
        // Given
        Set<Path> files = files().collect(Collectors.toSet());

        // When
        List<String> unknown = developersDocuments()
                .flatMap(document -> ticked(document)
                        .filter(name -> FILE.matcher(name).matches())
                        .filter(name -> !PLACEHOLDER.matcher(name).matches())
                        .filter(name -> !isFile(document, name, files))
                        .map(name -> ROOT.relativize(document) + ": " + name))
                .toList();

        // Then
        assertThat(unknown).isEmpty();
    }

    /** The documents that describe the code, those of the modules among them. */
    private static Stream<Path> developersDocuments() {
        Set<Path> others = Set.of(ROOT.resolve("CONTRIBUTING.md"), ROOT.resolve("docs/architecture.md"));
        List<Path> chosen = documents().stream()
                .filter(document -> others.contains(document)
                        || (document.endsWith("README.md") && Files.exists(document.resolveSibling("pom.xml"))))
                .toList();
        assertThat(chosen).containsAll(others).contains(ROOT.resolve("topology/README.md"));
        return chosen.stream();
    }

    /** Types of the sources, nested ones too, and of the schemas. */
    private static Set<String> types() {
        return files().flatMap(file -> {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".avsc")) {
                        return Stream.of(name.substring(0, name.length() - ".avsc".length()));
                    }
                    return name.endsWith(".java")
                            ? matches(DECLARED, text(file)).map(type -> type.group(1))
                            : Stream.empty();
                })
                .collect(Collectors.toSet());
    }

    private static boolean isOfJava(String type) {
        try {
            Class.forName("java.lang." + type);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** By its path from the document, or by the end of its path, as far as that is given. A package may look like a file. */
    private static boolean isFile(Path document, String name, Set<Path> files) {
        String folder = "/" + name.replace('.', '/') + "/";
        return files.contains(document.resolveSibling(name).normalize())
                || files.stream()
                        .anyMatch(file -> file.endsWith(name) || file.toString().contains(folder));
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
}
