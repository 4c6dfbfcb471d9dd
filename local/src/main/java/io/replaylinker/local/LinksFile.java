package io.replaylinker.local;

import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.runtime.cli.CommandFailedException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;

/** Links as tab-separated values under a header line, one link a line, sorted by event id; ids are 32 lower hex digits. */
final class LinksFile {

    private static final String HEADER = String.join(
            "\t",
            "event_id",
            "replay_id",
            "trace_id",
            "event_project_id",
            "replay_project_id",
            "event_type",
            "level",
            "method",
            "confidence",
            "in_session");

    private LinksFile() {}

    /**
     * Writes the file, in full or not at all. A target that is not a regular file, as a pipe, is written to directly.
     *
     * @throws CommandFailedException if that is not possible
     */
    static void write(Path file, List<LinkedEvent> links) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                writeLines(file, links);
                return;
            }
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path unfinished = target.resolveSibling("." + target.getFileName() + ".unfinished");
            try {
                writeLines(unfinished, links);
                Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new CommandFailedException("--out " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void writeLines(Path file, List<LinkedEvent> links) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            writer.write(HEADER + "\n");
            List<LinkedEvent> sorted = links.stream()
                    .sorted(Comparator.comparing(LinkedEvent::eventId).thenComparing(LinkedEvent::replayId))
                    .toList();
            for (LinkedEvent link : sorted) {
                writer.write(line(link) + "\n");
            }
        }
    }

    static String line(LinkedEvent link) {
        return String.join(
                "\t",
                link.eventId(),
                link.replayId(),
                link.traceId(),
                Long.toString(link.projectId()),
                Long.toString(link.replayProjectId()),
                text(link.type()),
                text(link.level()),
                link.method(),
                Double.toString(link.confidence()),
                Boolean.toString(link.inSession()));
    }

    /** Type and level come from the sender of the event. */
    private static String text(String value) {
        return value.replaceAll("[\\t\\r\\n]", " ");
    }
}
