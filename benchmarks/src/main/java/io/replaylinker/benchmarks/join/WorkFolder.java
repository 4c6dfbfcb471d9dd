package io.replaylinker.benchmarks.join;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for gigabytes that nobody wants to find later: deleted when the benchmark ends. */
public final class WorkFolder implements AutoCloseable {

    private final Path path;

    private WorkFolder(Path path) {
        this.path = path;
    }

    public static WorkFolder create(Path parent) throws IOException {
        return new WorkFolder(Files.createTempDirectory(parent, "replay-linker-benchmark-"));
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        delete(path);
    }

    /** Deletes a folder and what is in it; what another process still writes there stays. */
    static void delete(Path folder) {
        for (Path file : contents(folder)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                file.toFile().deleteOnExit();
            }
        }
    }

    private static List<Path> contents(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | UncheckedIOException e) {
            folder.toFile().deleteOnExit();
            return List.of();
        }
    }
}
