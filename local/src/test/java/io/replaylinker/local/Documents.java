package io.replaylinker.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the documents of the repository. */
final class Documents {

    /** Surefire starts in the module's folder. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");
    private static final Pattern TICKED = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");

    private Documents() {}

    /** What describes the program as it is now, without the decisions and the changelog, which keep names of their time. */
    static List<Path> current() {
        return documents().stream()
                .filter(document -> !document.startsWith(ROOT.resolve("docs/adr")))
                .filter(document -> !document.endsWith("CHANGELOG.md"))
                .toList();
    }

    /** The lines of all fenced blocks. */
    static Stream<String> blockLines(Path document) {
        return matches(FENCED, text(document)).flatMap(block -> block.group().lines());
    }

    /** Inline code outside of fenced blocks. */
    static Stream<String> ticked(Path document) {
        return matches(TICKED, withoutCode(document)).map(name -> name.group(1)).distinct();
    }

    static List<Path> documents() {
        return files().filter(file -> file.toString().endsWith(".md")).toList();
    }

    /** All files of the repository, sorted. */
    static Stream<Path> files() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().sorted();
    }

    static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    static String withoutCode(Path document) {
        return FENCED.matcher(text(document)).replaceAll("");
    }

    static String text(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
