package io.replaylinker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.TraceContext;
import io.replaylinker.runtime.answer.SentryLinks;
import io.replaylinker.runtime.answer.TraceTreeQuestion;
import io.replaylinker.runtime.answer.TreeOptions;
import io.replaylinker.runtime.cli.StallTimeout;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trees of recorded visits, through the topic and the tables. */
class TraceTreeIT {

    /** What differs from the file is a change of what users and assistants read: look at it, then renew the file. */
    @ParameterizedTest
    @CsvSource({"sdk-capture/capture.ndjson, sdk-capture.txt", "sdk11-capture/capture.ndjson, sdk11-capture.txt"})
    void shouldGiveATreeForEachVisit(String capture, String expected) throws Exception {
        List<String> trees = new ArrayList<>();

        new Demo(
                        List.of(source(capture)),
                        List.of(),
                        new StallTimeout(Duration.ofMinutes(2), () -> false),
                        new Progress(new PrintWriter(Writer.nullWriter())))
                .run(clickHouse -> trees.addAll(trees(clickHouse)));

        assertThat(String.join("\n", trees) + "\n").isEqualTo(text("trees/" + expected));
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
