package io.replaylinker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.LinkRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksFileTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldWriteOneLinkALineInTheOrderOfTheEvents() throws IOException {
        Path file = folder.resolve("links.tsv");

        LinksFile.write(file, List.of(link("bb", "error"), link("aa", "a\ttab")));

        assertThat(file).hasContent("""
                        event_id	replay_id	trace_id	event_project_id	replay_project_id	event_type	level	method	confidence	in_session
                        aa	replay	trace	22	11	a tab	error	trace	0.9	true
                        bb	replay	trace	22	11	error	error	trace	0.9	true
                        """);
    }

    @Test
    void shouldReplaceAFileInOneStepAndLeaveNothingBehind() throws IOException {
        Path file = folder.resolve("links.tsv");
        Files.writeString(file, "old");

        LinksFile.write(file, List.of());

        assertThat(Files.readAllLines(file)).hasSize(1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private static LinkRow link(String event, String type) {
        return new LinkRow(
                event,
                "replay",
                "trace",
                1,
                22,
                11,
                false,
                type,
                "error",
                "GET /",
                "trace",
                0.9,
                true,
                true,
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
