package io.replaylinker.local;

import static io.replaylinker.local.Documents.ROOT;
import static io.replaylinker.local.Documents.files;
import static io.replaylinker.local.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Only these classes know the whole {@code Settings}; every other one takes the values that it needs, or a record of them. A class that
 * takes the whole table does not say which settings it depends on, needs all required ones in each of its tests, and changes its behaviour
 * with settings that are not documented for it. Before a class is added here, see whether one that is listed can hand it the values.
 */
class WholeSettingsTest {

    /** Fully qualified, as in an import. The reader returns the table. */
    private static final Pattern TABLE =
            Pattern.compile("\\bio\\.replaylinker\\.runtime\\.settings\\.(Settings|SettingsReader)\\b");

    private static final Pattern MAIN = Pattern.compile("(?:.*/)?src/main/java/io/replaylinker/(.+)\\.java");
    private static final String OWN_PACKAGE = "runtime.settings.";

    /** By what entitles them to it. */
    private static final Map<String, List<String>> ENTITLED = Map.of(
            "turns the table into what Kafka, ClickHouse, the topology and the sinks take, for all programs",
            List.of(
                    "runtime.wiring.ClickHouseWiring",
                    "runtime.wiring.ConsumerGroups",
                    "runtime.wiring.KafkaProperties",
                    "runtime.wiring.SerdesWiring",
                    "runtime.wiring.ShuffleTopics",
                    "runtime.wiring.SinkWiring",
                    "runtime.wiring.SourceTopics",
                    "runtime.wiring.TopicsWiring",
                    "runtime.wiring.TopologyWiring"),
            "puts the parts of one program together",
            List.of(
                    "benchmarks.join.WorkerWiring",
                    "benchmarks.reprocess.ReprocessRate",
                    "local.Demo",
                    "mcp.McpRoutes",
                    "tools.check.CheckWiring",
                    "tools.reprocess.Reprocess",
                    "worker.health.WorkerWatch",
                    "worker.lifecycle.Worker"),
            "is a record of the settings of one part",
            List.of("worker.page.PageSettings"),
            "is a command, or the option of commands, that reads the table",
            List.of(
                    "mcp.McpCommand",
                    "runtime.cli.ConfigOption",
                    "tools.ConfigCommand",
                    "tools.ResetCommand",
                    "tools.TablesCommand",
                    "tools.TopologyCommand",
                    "tools.check.CheckCommand",
                    "tools.deadletter.DlqSubcommand",
                    "tools.lookup.TablesQuestion",
                    "tools.reprocess.ReprocessCommand",
                    "worker.RunCommand"));

    @Test
    void shouldBeKnownOnlyToTheWiringAndTheCommands() {
        // When
        List<String> knowing = files().flatMap(WholeSettingsTest::knowing).toList();

        // Then
        assertThat(knowing)
                .as("classes that know the whole Settings; the comment of this test has the reason of the rule")
                .containsExactlyInAnyOrderElementsOf(
                        ENTITLED.values().stream().flatMap(Collection::stream).toList());
    }

    private static Stream<String> knowing(Path file) {
        Matcher main = MAIN.matcher(ROOT.relativize(file).toString().replace('\\', '/'));
        if (!main.matches() || !TABLE.matcher(text(file)).find()) {
            return Stream.empty();
        }
        return Stream.of(main.group(1).replace('/', '.')).filter(name -> !name.startsWith(OWN_PACKAGE));
    }
}
