package io.replaylinker.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Temporary folders of the embedded parts. */
public final class Folders {

    private Folders() {}

    /** Creates a folder below {@code java.io.tmpdir}. */
    public static Path temporary(String part) {
        try {
            return Files.createTempDirectory("replay-linker-" + part + "-");
        } catch (IOException e) {
            throw new PartUnavailableException(
                    "no temporary folder can be made in " + System.getProperty("java.io.tmpdir")
                            + "; free some space there or set another with -Djava.io.tmpdir",
                    e);
        }
    }

    /** Deletes a folder and its contents as far as possible. A leftover must not fail a test. */
    public static void delete(Path folder) {
        for (Path path : contents(folder)) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                path.toFile().deleteOnExit();
            }
        }
    }

    private static List<Path> contents(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | java.io.UncheckedIOException e) {
            folder.toFile().deleteOnExit();
            return List.of();
        }
    }
}
