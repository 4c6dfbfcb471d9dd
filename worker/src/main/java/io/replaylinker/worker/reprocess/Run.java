package io.replaylinker.worker.reprocess;

import io.replaylinker.worker.cli.CommandFailedException;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names of one run. None begins with the worker's application id and a dash: whatever does is the worker's own for Kafka's reset
 * tools, which delete it.
 *
 * @param id letters, digits, dashes and underscores
 * @param name of its folder and its clients
 */
record Run(String id, String name, Path folder) {

    /** What ids look like. */
    static final String ID = "[A-Za-z0-9][A-Za-z0-9_-]{0,39}";

    static Run of(Settings settings, String id) {
        String name = settings.get(WorkerSettings.APPLICATION_ID) + "_reprocess_" + id;
        return new Run(id, name, Path.of(settings.get(WorkerSettings.STATE_DIR)).resolve(name));
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    /** Deletes all that it left. */
    void cleanUp() {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new CommandFailedException("the run's folder " + folder + " cannot be deleted: " + e.getMessage(), e);
        }
    }
}
