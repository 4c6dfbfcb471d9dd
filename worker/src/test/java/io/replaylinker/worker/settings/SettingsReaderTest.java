package io.replaylinker.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.replaylinker.schemas.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

    private static final String NEEDED = """
            kafka.bootstrap.servers=localhost:9092
            schema.registry.url=mock://test
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldFallBackToDefaults() throws IOException {
        Settings settings = read("", Map.of());

        assertThat(settings.get(WorkerSettings.WAIT)).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.get(WorkerSettings.MEMORY)).isEqualTo(Duration.ofMinutes(90));
        assertThat(settings.get(WorkerSettings.ROLES)).containsExactlyInAnyOrder(Role.JOIN, Role.SINK);
        assertThat(settings.get(WorkerSettings.METHODS))
                .containsExactlyInAnyOrder(Method.REPLAY_ID, Method.FLAG, Method.TRACE);
        assertThat(settings.get(WorkerSettings.EVENTS_TOPICS))
                .containsExactly(
                        new SourceTopic("events", SourceFormat.SENTRY_JSON),
                        new SourceTopic("transactions", SourceFormat.SENTRY_JSON));
        assertThat(settings.find(WorkerSettings.CLICKHOUSE_PASSWORD)).isEmpty();
    }

    @Test
    void shouldTakeEveryKindOfValueFromTheFile() throws IOException {
        Settings settings = read("""
                wait = 90s
                threads=3
                confirm=false
                roles=sink
                processing.guarantee=exactly-once-v2
                events.topics=events:sentry-json, orders.errors:avro
                kafka.consumer.max.poll.records=7
                """, Map.of());

        assertThat(settings.get(WorkerSettings.WAIT)).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.get(WorkerSettings.THREADS)).isEqualTo(3);
        assertThat(settings.get(WorkerSettings.CONFIRM)).isFalse();
        assertThat(settings.get(WorkerSettings.ROLES)).containsExactly(Role.SINK);
        assertThat(settings.get(WorkerSettings.PROCESSING_GUARANTEE)).isEqualTo(ProcessingGuarantee.EXACTLY_ONCE_V2);
        assertThat(settings.get(WorkerSettings.EVENTS_TOPICS))
                .containsExactly(
                        new SourceTopic("events", SourceFormat.SENTRY_JSON),
                        new SourceTopic("orders.errors", SourceFormat.AVRO));
        assertThat(settings.withoutPrefix(PassThrough.KAFKA))
                .containsEntry("consumer.max.poll.records", "7")
                .containsEntry("bootstrap.servers", "localhost:9092");
    }

    @Test
    void shouldLetTheEnvironmentWin() throws IOException {
        Settings settings = read(
                "trace.max-replays=3",
                Map.of(
                        "REPLAY_LINKER_TRACE_MAX_REPLAYS", "12",
                        "REPLAY_LINKER_KAFKA_BOOTSTRAP_SERVERS", "broker:9093",
                        "REPLAY_LINKER_KAFKA_SASL_OAUTHBEARER__X", "y",
                        "REPLAY_LINKER_WAIT", " "));

        assertThat(settings.get(WorkerSettings.TRACE_MAX_REPLAYS)).isEqualTo(12);
        assertThat(settings.get(WorkerSettings.WAIT)).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.withoutPrefix(PassThrough.KAFKA))
                .containsEntry("bootstrap.servers", "broker:9093")
                .containsEntry("sasl.oauthbearer_x", "y");
    }

    @Test
    void shouldReadASecretFromTheFileThatTheEnvironmentNames() throws IOException {
        Path secret = Files.writeString(folder.resolve("password"), "geheim\n");

        Settings settings =
                read("clickhouse.password=other", Map.of("REPLAY_LINKER_CLICKHOUSE_PASSWORD_FILE", secret.toString()));

        assertThat(settings.find(WorkerSettings.CLICKHOUSE_PASSWORD)).contains("geheim");
    }

    @Test
    void shouldNameAllMistakesAtOnceAndSuggestWhatWasMeant() {
        InvalidSettingsException refused = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> read("""
                        wiat=15m
                        memory=long
                        threads=0
                        threads=1
                        links.topic=events
                        kafka.group.id=mine
                        clickhouse.password.file=/no/such/file
                        """, Map.of("REPLAY_LINKER_TREADS", "2", "REPLAY_LINKER_ROLES", "all")));

        assertThat(refused.problems())
                .anyMatch(problem -> problem.endsWith("wiat: no such setting; do you mean wait?"))
                .anyMatch(problem ->
                        problem.endsWith("REPLAY_LINKER_TREADS: no such setting; do you mean REPLAY_LINKER_THREADS?"))
                .anyMatch(problem -> problem.contains("memory: must be a duration") && problem.endsWith("not 'long'"))
                .anyMatch(problem -> problem.contains("threads: stands twice"))
                .anyMatch(problem -> problem.contains("REPLAY_LINKER_ROLES: must be some of join, sink"))
                .anyMatch(problem -> problem.equals("the topic events is set for two purposes; give each its own"))
                .anyMatch(problem -> problem.equals("kafka.group.id: set application.id instead"))
                .anyMatch(problem -> problem.contains("cannot read the file /no/such/file: no such file"))
                .hasSize(8);
    }

    @Test
    void shouldNotRepeatASecretThatIsWrong() throws IOException {
        Settings settings = read(
                "clickhouse.password=geheim\nkafka.sasl.jaas.config=geheim\nbasic.auth.user.info=geheim", Map.of());

        assertThat(settings.toString())
                .doesNotContain("geheim")
                .contains("clickhouse.password=********", "kafka.bootstrap.servers=localhost:9092", "wait=15m");
    }

    @Test
    void shouldAskForTheAddressesThatARunNeeds() {
        assertThatThrownBy(() -> SettingsReader.read(null, Map.of()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("kafka.bootstrap.servers: is required")
                .hasMessageContaining("schema.registry.url: is required");
        assertThat(SettingsReader.readWithoutKafka(null, Map.of()).get(WorkerSettings.LINKS_TOPIC))
                .isEqualTo("replay-links");
    }

    @Test
    void shouldRefuseAMemoryThatIsShorterThanTheWait() {
        assertThatThrownBy(() -> read("wait=2h", Map.of()))
                .hasMessageContaining("memory: must not be shorter than wait");
    }

    @Test
    void shouldIgnoreWhatKubernetesAndTheLauncherSet() throws IOException {
        Map<String, String> environment = new HashMap<>();
        List.of(
                        "REPLAY_LINKER_SERVICE_HOST",
                        "REPLAY_LINKER_SERVICE_PORT_HTTP",
                        "REPLAY_LINKER_PORT",
                        "REPLAY_LINKER_PORT_9090_TCP_ADDR",
                        "REPLAY_LINKER_CACHE",
                        "REPLAY_LINKER_JAVA_OPTS")
                .forEach(name -> environment.put(name, "x"));

        assertThat(read("", environment)).isNotNull();
    }

    @Test
    void shouldSayWhyAFileCannotBeRead() {
        assertThatThrownBy(() -> SettingsReader.read(folder.resolve("missing"), Map.of()))
                .hasMessageContaining("missing: cannot be read: no such file");
    }

    private Settings read(String content, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("worker.properties"), NEEDED + content);
        return SettingsReader.read(file, environment);
    }
}
