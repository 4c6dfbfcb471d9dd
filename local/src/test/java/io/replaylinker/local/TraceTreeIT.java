package io.replaylinker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.TraceContext;
import io.replaylinker.runtime.answer.SentryLinks;
import io.replaylinker.runtime.answer.TraceTreeQuestion;
import io.replaylinker.runtime.answer.TreeOptions;
import io.replaylinker.runtime.cli.Program;
import io.replaylinker.runtime.cli.StallTimeout;
import io.replaylinker.testkit.DocumentedBlock;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trees of recorded visits, through the topic and the tables. */
class TraceTreeIT {

    /** What differs from the file is a change of what users and assistants read: look at it, then renew the file. */
    @ParameterizedTest
    @CsvSource({"sdk-capture/capture.ndjson, sdk-capture.txt", "sdk11-capture/capture.ndjson, sdk11-capture.txt"})
    void shouldGiveATreeForEachVisit(String capture, String expected, @TempDir Path folder) throws Exception {
        List<String> trees = new ArrayList<>();

        new Demo(
                        List.of(source(capture)),
                        List.of(),
                        new StallTimeout(Duration.ofMinutes(2), () -> false),
                        new Progress(new PrintWriter(Writer.nullWriter())))
                .run(clickHouse -> {
                    trees.addAll(trees(clickHouse));
                    shouldPrintWhatTheHandbookShows(expected, config(folder, clickHouse));
                });

        assertThat(String.join("\n", trees) + "\n").isEqualTo(text("trees/" + expected));
    }

    /** Without the last line, which says how fresh the answer is. */
    private static void shouldPrintWhatTheHandbookShows(String visits, Path config) {
        if (visits.equals("sdk-capture.txt")) {
            shows(
                    DocumentedBlock.of(
                            "docs/commands.md", "$ ./replay-linker trace 9f8f8593 --config worker.properties"),
                    config);
            shows(
                    DocumentedBlock.of(
                            "docs/commands.md", "$ ./replay-linker error 11024972 --config worker.properties"),
                    config);
            shows(
                    DocumentedBlock.of(
                            "docs/commands.md", "$ ./replay-linker spans 49405c2c --config worker.properties"),
                    config);
        } else {
            shows(
                    DocumentedBlock.of(
                            "docs/commands.md",
                            "$ ./replay-linker issues --file src/x/api.mjs --config worker.properties"),
                    config);
            shows(
                    DocumentedBlock.of(
                            "docs/commands.md", "$ ./replay-linker services 3092406 --config worker.properties"),
                    config);
            shows(
                    DocumentedBlock.of("docs/traces.md", "$ ./replay-linker trace 2936d69c --config worker.properties"),
                    config);
        }
    }

    private static void shows(DocumentedBlock block, Path config) {
        String command = block.lines().get(0).substring("$ ".length());
        StringWriter out = new StringWriter();
        new Program(Main.commandLine().setOut(new PrintWriter(out)))
                .run(command.replace("./replay-linker ", "")
                        .replace("worker.properties", config.toString())
                        .split(" "));
        block.shows(command, out.toString().replaceFirst("\\Rnewest record in the tables: .*", ""));
    }

    private static Path config(Path folder, ClickHouse clickHouse) {
        ClickHouseSettings settings = clickHouse.settings();
        try {
            return Files.writeString(
                    folder.resolve("worker.properties"),
                    "clickhouse.url=%s%nclickhouse.database=%s%nclickhouse.user=%s%nclickhouse.password=%s%nclickhouse.compress=false%n"
                            .formatted(settings.url(), settings.database(), settings.user(), settings.password()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DumpSource source(String capture) {
        return new DumpSource(
                capture, () -> Objects.requireNonNull(TraceTreeIT.class.getResourceAsStream(capture), capture));
    }

    private static String text(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(TraceTreeIT.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> trees(ClickHouse clickHouse) {
        List<String> lines = new ArrayList<>();
        try (TableReader tables = new TableReader(clickHouse);
                Lookup lookup = new Lookup(clickHouse, Clock.systemUTC())) {
            List<String> traces = tables.rows(
                    "listing traces",
                    "SELECT lower(hex(trace_id)) AS trace FROM trace_nodes GROUP BY trace_id ORDER BY min(event_at)",
                    Map.of(),
                    row -> row.text("trace"));
            for (String trace : traces) {
                TraceTreeQuestion question =
                        new TraceTreeQuestion(new IdPrefix(trace), TreeOptions.of(null, 100, 1_000));
                Answer<TraceContext> answer = question.ask(lookup, Clock.systemUTC());
                assertThat(answer).isInstanceOf(Answer.Found.class);
                lines.addAll(question.text(((Answer.Found<TraceContext>) answer).value(), SentryLinks.NONE));
                lines.add("");
            }
        }
        return lines;
    }
}
