package io.replaylinker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.settings.Setting;
import io.replaylinker.runtime.settings.WorkerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Holds the documents to the program: every command line parses, every setting and every metric exists. */
class DocumentedNamesTest {

    /** At the start of a line: a prompt, variables and the folder of the launcher are allowed before it. */
    private static final Pattern COMMAND =
            Pattern.compile("\\s*(?:\\$ )?(?:[A-Z_]+=\\S+ )*(?:ExecStart=)?(?:\\S*/)?replay-linker ([a-z-].*)");

    private static final Pattern SHELL = Pattern.compile(" +([#|>&;].*|\\\\)$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern SETTING = Pattern.compile("([a-z]+(?:[.-][a-z]+)+?)(?:\\.file)?(?:=.*)?");
    private static final Pattern METRIC =
            Pattern.compile("replay_linker_[a-z_]+_(?:total|seconds|records|connected|bytes|open|rows)\\b");
    /** Names that begin like ours: files, values of the chart, settings of Kafka, of Confluent's serializers and of former releases. */
    private static final Set<String> OTHERS = Set.of(
            "application.server",
            "auto.offset.reset",
            "clickhouse.query",
            "lives.topic",
            "sink.keda",
            "sink.replicas",
            "state.dir",
            "topics.yaml",
            "trace.max-replays",
            "value.deserializer",
            "value.serde",
            "value.serializer");

    /** Names the fields of Sentry and of OpenTelemetry, which begin with the same words. */
    private static final Path FORMATS = Documents.ROOT.resolve("docs/formats.md");

    /** The example of a message about wrong options. */
    private static final String MISTYPED = "--inptu";

    @Test
    void shouldShowOnlyCommandLinesThatParse() {
        List<String> lines = new ArrayList<>();
        List<String> wrong = new ArrayList<>();

        for (Path document : Documents.current()) {
            Documents.blockLines(document)
                    .map(COMMAND::matcher)
                    .filter(Matcher::matches)
                    .map(line -> SHELL.matcher(line.group(1)).replaceFirst(""))
                    .filter(line -> !line.contains(MISTYPED))
                    .forEach(line -> {
                        lines.add(line);
                        String problem = problem(line);
                        if (!problem.isEmpty()) {
                            wrong.add(Documents.ROOT.relativize(document) + ": " + line + ": " + problem);
                        }
                    });
        }

        assertThat(lines).contains("demo").hasSizeGreaterThan(30);
        assertThat(wrong).isEmpty();
    }

    private static String problem(String line) {
        String[] words = WORD.matcher(line)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);
        try {
            Main.commandLine().setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words);
            return "";
        } catch (CommandLine.ParameterException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** A name counts as that of a setting if it begins like one. What is passed through to Kafka's clients is not ours. */
    @Test
    void shouldNameOnlySettingsThatExist() {
        Set<String> names = WorkerSettings.ALL.stream().map(Setting::name).collect(Collectors.toSet());
        Set<String> sections = names.stream()
                .filter(name -> name.contains("."))
                .map(name -> name.substring(0, name.indexOf('.') + 1))
                .collect(Collectors.toSet());

        Set<String> mentioned = new TreeSet<>();
        List<String> unknown = unknown(
                document -> (document.equals(FORMATS) ? Stream.<String>empty() : Documents.ticked(document))
                        .map(SETTING::matcher)
                        .filter(Matcher::matches)
                        .map(name -> name.group(1))
                        .filter(name -> !OTHERS.contains(name))
                        .filter(name -> sections.stream().anyMatch(name::startsWith))
                        .peek(mentioned::add),
                names);

        assertThat(mentioned).contains("trace.tolerance", "spans.topics");
        assertThat(unknown).isEmpty();
    }

    /** docs/metrics.md is generated. */
    @Test
    void shouldNameOnlyMetricsThatExist() {
        Path reference = Documents.ROOT.resolve("docs/metrics.md");
        Set<String> names = metrics(reference).collect(Collectors.toSet());

        List<String> unknown = unknown(DocumentedNamesTest::metrics, names);

        assertThat(names).contains("replay_linker_links_total");
        assertThat(unknown).isEmpty();
    }

    private static Stream<String> metrics(Path document) {
        return Documents.matches(METRIC, Documents.text(document)).map(name -> name.group());
    }

    private static List<String> unknown(Function<Path, Stream<String>> found, Set<String> names) {
        return Documents.current().stream()
                .flatMap(document -> found.apply(document)
                        .distinct()
                        .filter(name -> !names.contains(name))
                        .map(name -> Documents.ROOT.relativize(document) + ": " + name))
                .toList();
    }
}
