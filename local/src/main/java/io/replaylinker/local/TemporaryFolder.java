package io.replaylinker.local;

import io.replaylinker.runtime.cli.CommandFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder that is gone when it is closed. */
record TemporaryFolder(Path path) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

    static TemporaryFolder create(String purpose) {
        try {
            return new TemporaryFolder(Files.createTempDirectory("replay-linker-" + purpose + "-"));
        } catch (IOException e) {
            throw new CommandFailedException(
                    "no temporary folder can be made in " + System.getProperty("java.io.tmpdir")
                            + "; free some space there, or name another place with"
                            + " REPLAY_LINKER_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                    e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> contents = Files.walk(path)) {
            List<Path> deepestFirst = contents.sorted(Comparator.reverseOrder()).toList();
            for (Path content : deepestFirst) {
                Files.deleteIfExists(content);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The temporary folder {} could not be deleted: {}", path, e.getMessage());
        }
    }
}
