package io.replaylinker.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.testkit.DocumentedBlock;
import io.replaylinker.testkit.tls.CertificateAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds each fenced block of README.md and docs/ to the program: what is printed is compared by a test that calls {@link
 * DocumentedBlock#of}; commands, settings and logins are held here; the rest stands in a list, with who holds it or why nobody can.
 */
class DocumentedBlocksTest {

    /** Other tests find these blocks by a rule: the one of the text. */
    private static final Map<String, Pattern> HELD_BY_RULE = Map.of(
            // LookupCommandsIT, by DocumentedLookup
            "docs/commands.md", Pattern.compile("\\$ \\./replay-linker (lookup|coverage|why) .*"),
            // the tests of the module clickhouse that read DocumentedQueries
            "docs/queries.md", Pattern.compile("-- query: .*|┌─.*"),
            // SentryTableIT
            "docs/operations.md", Pattern.compile("SELECT replay_id, uniqExactIf\\(.*"));

    private static final String DRAWING =
            "a drawing; DocumentedNamesTest and DocumentationTest check what the text around it names";

    /** A line of each block that cannot be run, and the reason. */
    private static final Map<String, Map<String, String>> NOT_RUN = Map.of(
            "README.md",
            Map.of(" browser ──> replay segments ───> Kafka ingest-replay-events ──┐", DRAWING),
            "docs/architecture.md",
            Map.of(
                    "flowchart LR", DRAWING,
                    "sequenceDiagram", DRAWING,
                    "schemas  <-  serdes  <-  topology  <-.", DRAWING),
            "docs/deploying.md",
            Map.of("[Unit]", "needs systemd; its command is parsed by DocumentedNamesTest"),
            "docs/mcp.md",
            Map.of(
                    "  \"mcpServers\": {",
                    "settings of other programs; DocumentedBlocksTest parses the command in them"),
            "docs/metrics.md",
            Map.of(
                    "records of event topics", "a formula; MetricSums adds up the counters in this way",
                    "(sum(rate(replay_linker_links_total[1h])) - sum(rate(replay_linker_retractions_total[1h])))",
                            "needs Prometheus; DocumentedNamesTest checks the names of the metrics"));

    /** Programs of others in lines of shell, and why a test does not run them; what they name of this repository is checked. */
    private static final Map<String, String> OTHERS = Map.of(
            "docker", "needs a Docker daemon, and base images of a registry",
            "mvn", "is this build",
            "tar", "unpacks what the build makes; DistributionIT does it",
            "sha256sum", "reads what the build makes",
            "cd", "changes the folder for the next line",
            "kcat", "needs brokers with traffic; the topics that it names are checked",
            "curl", "needs a worker; the parameters of the page's API are those of PageApiIT",
            "claude", "is a program of others");

    private static final Set<String> DEFAULT_TOPICS =
            Set.of("events", "transactions", "generic-events", "ingest-spans", "ingest-replay-events");

    private static final Pattern CALL =
            Pattern.compile("DocumentedBlock\\s*\\.of\\(\\s*\"([^\"]+)\",\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*\\)");
    private static final Pattern SETTING = Pattern.compile("[a-z][a-z0-9.-]*=\\S.*");
    private static final Pattern VARIABLE = Pattern.compile("([A-Z_]+)=\\S+");
    private static final Pattern JAAS = Pattern.compile("org\\.apache\\.kafka\\.\\S+ required .*;");
    private static final Pattern OURS = Pattern.compile("(?:\\S*/)?replay-linker [a-z-].*");
    private static final Pattern AFTER_DASHES = Pattern.compile(".* -- (?:\\S*/)?replay-linker (.*)");
    private static final Pattern TEST_CLASS = Pattern.compile("-Dit\\.test=(\\w+)");
    private static final Pattern MODULE = Pattern.compile("-pl (\\w+)");
    private static final Pattern COMPOSE = Pattern.compile("-f (\\S+\\.yml)");
    private static final Pattern MAIN = Pattern.compile(" (io\\.replaylinker\\.\\S+Main)\\b");
    private static final Pattern TOPIC = Pattern.compile(" -t (\\S+)");

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void allowNothing() {
        System.clearProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls");
    }

    @Test
    void shouldHoldEveryBlock() {
        Map<String, Set<String>> called = called();

        List<String> free = blocks().filter(block -> !isListed(block)
                        && !isCompared(block, called)
                        && !isSettings(block)
                        && !isLogin(block)
                        && !isShell(block))
                .map(block -> block.document() + ":" + block.at() + ": "
                        + block.lines().get(0))
                .toList();
        List<String> listed = blocks().filter(DocumentedBlocksTest::isListed)
                .flatMap(block -> block.lines().stream())
                .toList();

        assertThat(free)
                .as("compare it by DocumentedBlock.of in a test that prints it, or add it to the list with the reason")
                .isEmpty();
        assertThat(listed)
                .containsAll(NOT_RUN.values().stream()
                        .flatMap(lines -> lines.keySet().stream())
                        .toList());
    }

    /** Kafka's clients take the address of an OAuth server only if the JVM allows it, as docs/configuration.md says. */
    @Test
    void shouldShowOnlySettingsThatTheProgramTakes() {
        System.setProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls", "https://login.example.com/token");
        Path there = CertificateAuthority.create(folder, "ca").certificate();
        List<DocumentedBlock> settings =
                blocks().filter(DocumentedBlocksTest::isSettings).toList();

        assertThat(settings).hasSizeGreaterThan(8).allSatisfy(block -> assertThatCode(
                        () -> SettingsReader.of(withRequired(block, there)))
                .as(block.document() + ":" + block.at())
                .doesNotThrowAnyException());
    }

    @Test
    void shouldShowOnlyLoginsThatKafkaReads() {
        List<DocumentedBlock> logins =
                blocks().filter(DocumentedBlocksTest::isLogin).toList();

        assertThat(logins).hasSizeGreaterThan(1).allSatisfy(block -> assertThat(
                        JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(block.text())))
                                .configurationEntries())
                .singleElement()
                .satisfies(entry ->
                        assertThat(Class.forName(entry.getLoginModuleName())).isNotNull()));
    }

    @Test
    void shouldShowOnlyShellThatParses() {
        List<DocumentedBlock> shell =
                blocks().filter(DocumentedBlocksTest::isShell).toList();

        assertThat(shell).hasSizeGreaterThan(15).allSatisfy(block -> {
            assertThat(bash(block)).as(block.document() + ":" + block.at()).isEmpty();
            commands(block).forEach(command -> shouldNameWhatThereIs(command, block));
        });
    }

    /** What the program of another names of this repository. Command lines of ours are those of DocumentedNamesTest. */
    private static void shouldNameWhatThereIs(String command, DocumentedBlock block) {
        String where = block.document() + ":" + block.at();
        Documents.matches(AFTER_DASHES, command).forEach(ours -> assertThatCode(
                        () -> Main.commandLine().parseArgs(ours.group(1).split(" ")))
                .as(where)
                .doesNotThrowAnyException());
        Documents.matches(MODULE, command).forEach(module -> assertThat(
                        Documents.ROOT.resolve(module.group(1)).resolve("pom.xml"))
                .exists());
        Documents.matches(TEST_CLASS, command).forEach(test -> assertThat(Documents.files())
                .as(where)
                .anyMatch(file -> file.endsWith(test.group(1) + ".java")));
        Documents.matches(COMPOSE, command).forEach(file -> assertThat(Documents.ROOT.resolve(file.group(1)))
                .exists());
        Documents.matches(MAIN, command).forEach(main -> assertThatCode(() -> Class.forName(main.group(1)))
                .as(where)
                .doesNotThrowAnyException());
        Documents.matches(TOPIC, command)
                .filter(topic -> command.startsWith("kcat"))
                .forEach(topic -> assertThat(DEFAULT_TOPICS).as(where).contains(topic.group(1)));
    }

    @Test
    void shouldShowOnlyCommandsForAssistantsThatParse() {
        List<String> arguments = Documents.matches(
                        Pattern.compile("\"args\": \\[(.*)]"), Documents.text(Documents.ROOT.resolve("docs/mcp.md")))
                .map(args -> args.group(1).replaceAll("[\",]", ""))
                .toList();

        assertThat(arguments).isNotEmpty().allSatisfy(args -> assertThatCode(
                        () -> Main.commandLine().parseArgs(args.split(" ")))
                .doesNotThrowAnyException());
    }

    private static Stream<DocumentedBlock> blocks() {
        return Documents.current().stream()
                .map(document -> Documents.ROOT.relativize(document).toString().replace('\\', '/'))
                .filter(document -> document.equals("README.md") || document.matches("docs/[^/]+"))
                .flatMap(document -> DocumentedBlock.all(document).stream());
    }

    /** By document, the lines that tests name in calls of {@link DocumentedBlock#of}. */
    private static Map<String, Set<String>> called() {
        return Documents.files()
                .filter(file ->
                        file.toString().endsWith("Test.java") || file.toString().endsWith("IT.java"))
                .flatMap(file -> Documents.matches(CALL, Documents.text(file)))
                .collect(Collectors.groupingBy(
                        call -> call.group(1),
                        Collectors.mapping(
                                call -> call.group(2).translateEscapes(), Collectors.toCollection(TreeSet::new))));
    }

    private static boolean isListed(DocumentedBlock block) {
        return NOT_RUN.getOrDefault(block.document(), Map.of()).keySet().stream()
                .anyMatch(block.lines()::contains);
    }

    private static boolean isCompared(DocumentedBlock block, Map<String, Set<String>> called) {
        Pattern rule = HELD_BY_RULE.get(block.document());
        return (rule != null && rule.matcher(block.lines().get(0)).matches())
                || block.lines().stream().anyMatch(called.getOrDefault(block.document(), Set.of())::contains);
    }

    private static boolean isSettings(DocumentedBlock block) {
        return block.lines().stream()
                .allMatch(line -> line.startsWith("#") || SETTING.matcher(line).matches());
    }

    private static boolean isLogin(DocumentedBlock block) {
        return block.lines().stream().allMatch(line -> JAAS.matcher(line).matches());
    }

    /** Commands without what they print. */
    private static boolean isShell(DocumentedBlock block) {
        return !isSettings(block) && commands(block).allMatch(DocumentedBlocksTest::isCommand);
    }

    private static boolean isCommand(String line) {
        String command = line.replaceFirst("^(?:[A-Z_]+=\\S+ +)+(?=\\S)", "");
        if (VARIABLE.matcher(command).matches()) {
            String launcher = Documents.text(Documents.ROOT.resolve("replay-linker"));
            return launcher.contains(command.substring(0, command.indexOf('=')));
        }
        return OURS.matcher(command).matches() || OTHERS.containsKey(command.split(" ", -1)[0]);
    }

    /** Without prompts, and with lines that are continued as one. */
    private static Stream<String> commands(DocumentedBlock block) {
        return block.text().replaceAll("\\\\\n\\s*", "").lines().map(line -> line.replaceFirst("^\\$ ", ""));
    }

    /** What bash complains of without running anything. */
    private static String bash(DocumentedBlock block) throws IOException {
        Process bash =
                new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var in = bash.outputWriter(StandardCharsets.UTF_8)) {
            in.write(commands(block).collect(Collectors.joining("\n", "", "\n")));
        }
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** With a file in place of those that are not here, which is a secret as well as a certificate. */
    private static Map<String, String> withRequired(DocumentedBlock block, Path there) {
        Map<String, String> settings = block.lines().stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(
                        setting -> setting[0], setting -> setting[1].startsWith("/") ? there.toString() : setting[1]));
        settings.putIfAbsent("kafka.bootstrap.servers", "kafka:9092");
        settings.putIfAbsent("schema.registry.url", "http://registry:8081");
        return settings;
    }
}
