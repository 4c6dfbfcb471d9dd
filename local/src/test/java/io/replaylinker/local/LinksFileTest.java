package io.replaylinker.local;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.clickhouse.query.LinkedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
    void shouldReplaceAFileAndLeaveNothingBehind() throws IOException {
        Path file = Files.writeString(folder.resolve("links.tsv"), "old");

        LinksFile.write(file, List.of());

        assertThat(Files.readAllLines(file)).hasSize(1);
        assertOnlyFile(file);
    }

    /** A reader finds the old file or the new one at any time. Linux tells each step; elsewhere a watch looks now and then. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldReplaceAFileInOneStep() throws Exception {
        Path file = Files.writeString(folder.resolve("links.tsv"), "old");
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);

            LinksFile.write(file, List.of(link("aa", "error")));

            Path end = Files.createFile(folder.resolve("end"));
            assertThat(steps(watch, file, end)).containsExactly(ENTRY_CREATE);
        }
    }

    @Test
    void shouldKeepTheOldFileWhenItCannotWriteTheNewOne() throws IOException {
        Path file = Files.writeString(folder.resolve("links.tsv"), "old");
        List<LinkedEvent> broken = new AbstractList<>() {
            @Override
            public LinkedEvent get(int index) {
                throw new IllegalStateException("no link");
            }

            @Override
            public int size() {
                return 1;
            }
        };

        assertThatThrownBy(() -> LinksFile.write(file, broken)).hasMessage("no link");

        assertThat(file).hasContent("old");
        assertOnlyFile(file);
    }

    private void assertOnlyFile(Path file) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** What happened to the name of the file until the end came. */
    private static List<WatchEvent.Kind<?>> steps(WatchService watch, Path file, Path end) throws InterruptedException {
        List<WatchEvent.Kind<?>> steps = new ArrayList<>();
        boolean ended = false;
        while (!ended) {
            WatchKey key = watch.poll(30, TimeUnit.SECONDS);
            assertThat(key).as("the end is marked").isNotNull();
            for (WatchEvent<?> event : key.pollEvents()) {
                ended |= end.getFileName().equals(event.context());
                if (file.getFileName().equals(event.context())) {
                    steps.add(event.kind());
                }
            }
            key.reset();
        }
        return steps;
    }

    private static LinkedEvent link(String event, String type) {
        return new LinkedEvent(
                event,
                1,
                22,
                false,
                "backend error",
                type,
                "error",
                "GET /",
                "",
                "",
                null,
                "",
                "",
                "",
                0,
                "trace",
                "",
                "",
                Instant.EPOCH,
                Instant.EPOCH,
                "replay",
                11,
                Instant.EPOCH,
                "trace",
                0.9,
                true,
                true,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
