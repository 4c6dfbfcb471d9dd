package io.replaylinker.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.replaylinker.schemas.Method;
import io.replaylinker.topology.join.SharedTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                .containsExactlyInAnyOrder(Method.REPLAY_ID, Method.ERROR_ID, Method.SPAN, Method.TRACE, Method.USER);
        assertThat(settings.get(WorkerSettings.EVENTS_TOPICS))
                .containsExactly(
                        new SourceTopic("events", SourceFormat.SENTRY_JSON),
                        new SourceTopic("transactions", SourceFormat.SENTRY_JSON),
                        new SourceTopic("generic-events", SourceFormat.SENTRY_JSON));
        assertThat(settings.get(WorkerSettings.SPANS_TOPICS))
                .containsExactly(new SourceTopic("ingest-spans", SourceFormat.SENTRY_JSON));
        assertThat(settings.get(WorkerSettings.TRACE_TOLERANCE)).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.get(WorkerSettings.TRACE_SHARED)).isEqualTo(SharedTrace.NONE);
        assertThat(settings.get(WorkerSettings.TRACE_MAX_VISITS)).isEqualTo(64);
        assertThat(settings.get(WorkerSettings.TRACE_MAX_SPANS)).isEqualTo(2_000);
        assertThat(settings.find(ClickHouseServerSettings.PASSWORD)).isEmpty();
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
                "trace.max-visits=3",
                Map.of(
                        "REPLAY_LINKER_TRACE_MAX_VISITS", "12",
                        "REPLAY_LINKER_KAFKA_BOOTSTRAP_SERVERS", "broker:9093",
                        "REPLAY_LINKER_KAFKA_SASL_OAUTHBEARER__X", "y",
                        "REPLAY_LINKER_WAIT", " "));

        assertThat(settings.get(WorkerSettings.TRACE_MAX_VISITS)).isEqualTo(12);
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

        assertThat(settings.find(ClickHouseServerSettings.PASSWORD)).contains("geheim");
    }

    @Test
    void shouldNameAllMistakesAtOnceAndSuggestWhatWasMeant() {
        InvalidSettingsException refused = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> read("""
                        wiat=15m
                        memory=long
                        threads=2
                        threads=1
                        links.topic=events
                        kafka.group.id=mine
                        clickhouse.password.file=/no/such/file
                        """, Map.of("REPLAY_LINKER_TREADS", "2", "REPLAY_LINKER_ROLES", "all")));

        assertThat(refused.problems())
                .anyMatch(problem -> problem.endsWith("worker.properties:3: wiat: no such setting; do you mean wait?"))
                .anyMatch(problem ->
                        problem.endsWith("REPLAY_LINKER_TREADS: no such setting; do you mean REPLAY_LINKER_THREADS?"))
                .anyMatch(problem -> problem.contains("worker.properties:4: memory: must be a duration")
                        && problem.endsWith("not 'long'"))
                .anyMatch(problem -> problem.endsWith(":6: threads: is set already in line 5; keep one of the two"))
                .anyMatch(problem -> problem.contains("REPLAY_LINKER_ROLES: must be some of join, sink"))
                .anyMatch(problem -> problem.endsWith(
                        ":7: links.topic: the topic events is also that of events.topics; give each its own"))
                .anyMatch(
                        problem -> problem.endsWith("worker.properties:8: kafka.group.id: set application.id instead"))
                .anyMatch(problem -> problem.contains(
                        ":9: clickhouse.password.file: cannot read the file /no/such/file: no such file"))
                .hasSize(8);
    }

    @Test
    void shouldReadTheAddressForOtherWorkers() throws IOException {
        assertThat(read("http.advertised=worker-1.example:8080", Map.of()).find(HttpSettings.ADVERTISED))
                .contains("worker-1.example:8080");
        assertThat(read("http.advertised=[fd00::1]:8080", Map.of()).find(HttpSettings.ADVERTISED))
                .contains("[fd00::1]:8080");
        assertThat(read("", Map.of()).find(HttpSettings.ADVERTISED)).isEmpty();
        for (String wrong :
                List.of("worker-1", "worker-1:0", "worker-1:65536", "http://worker-1:80", "me@worker-1:80")) {
            assertThatThrownBy(() -> read("http.advertised=" + wrong, Map.of()))
                    .hasMessageContaining("http.advertised: must be a host and a port");
        }
        assertThatThrownBy(() -> read("kafka.application.server=worker-1:80", Map.of()))
                .hasMessageContaining("kafka.application.server: set http.advertised instead");
    }

    @Test
    void shouldNameTheLineWhereAnEntryBegins() {
        InvalidSettingsException refused =
                catchThrowableOfType(InvalidSettingsException.class, () -> read("""
                        # a comment does not continue \\
                        roles=\\
                            # a value,\\
                            join

                          ! wiat=15m
                        threads : \\u00
                        wait=long\\\\
                        memory long
                        """, Map.of()));

        assertThat(refused.problems())
                .anyMatch(problem -> problem.contains("worker.properties:4: roles: must be")
                        && problem.endsWith("not '# a value,join'"))
                .anyMatch(problem -> problem.contains("worker.properties:9: cannot be read: Malformed"))
                .anyMatch(problem -> problem.contains("worker.properties:10: wait: must be"))
                .anyMatch(problem -> problem.contains("worker.properties:11: memory: must be"))
                .hasSize(4);
    }

    @Test
    void shouldNameTheLineOfASettingThatContradictsAnother() {
        InvalidSettingsException refused = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> read(
                        "memory=1h\nstates.topic=mine",
                        Map.of("REPLAY_LINKER_WAIT", "2h", "REPLAY_LINKER_LINKS_TOPIC", "mine")));

        assertThat(refused.problems())
                .anyMatch(problem -> problem.endsWith(
                        "worker.properties:3: memory: must not be shorter than wait, which is 2h, not '1h'"))
                .anyMatch(problem -> problem.endsWith("worker.properties:4: states.topic: the topic mine is also that"
                        + " of links.topic; give each its own"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REPLAYLINKER_WAIT",
                "REPLAY_LINKR_WAIT",
                "RELPAY_LINKER_WAIT",
                "replay_linker_wait",
                "REPLAY-LINKER-WAIT",
                "replay.linker.wait"
            })
    void shouldReportAVariableWithAMisspelledPrefix(String variable) {
        assertThatThrownBy(() -> read("", Map.of(variable, "1m")))
                .hasMessage("environment variable " + variable + ": no such setting; do you mean REPLAY_LINKER_WAIT?");
    }

    @Test
    void shouldGuessVariablesOfTheLauncherAndOfKafka() {
        InvalidSettingsException refused = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> read(
                        "",
                        Map.of(
                                "REPLAY_LINKER_JAVA_OPT", "-Xmx1g",
                                "REPLAYLINKER_KAFKA_SECURITY_PROTOCOL", "SSL",
                                "REPLAY_LINKER_KAFK_BOOTSTRAP_SERVERS", "broker:9092",
                                "REPLAY_LINKER_SOMETHING_ELSE_ALTOGETHER", "x")));

        assertThat(refused.problems())
                .containsExactlyInAnyOrder(
                        "environment variable REPLAY_LINKER_JAVA_OPT: no such setting;"
                                + " do you mean REPLAY_LINKER_JAVA_OPTS?",
                        "environment variable REPLAYLINKER_KAFKA_SECURITY_PROTOCOL: no such setting;"
                                + " do you mean REPLAY_LINKER_KAFKA_SECURITY_PROTOCOL?",
                        "environment variable REPLAY_LINKER_KAFK_BOOTSTRAP_SERVERS: no such setting;"
                                + " do you mean REPLAY_LINKER_KAFKA_BOOTSTRAP_SERVERS?",
                        "environment variable REPLAY_LINKER_SOMETHING_ELSE_ALTOGETHER: no such setting");
    }

    @Test
    void shouldLeaveVariablesOfOtherProgramsAlone() throws IOException {
        assertThat(read(
                        "",
                        Map.of(
                                "REPLAYLINKER_SERVICE_HOST", "10.0.0.1",
                                "REPLAYLINKER_KAFKA_PORT_9092_TCP", "tcp://10.0.0.1:9092",
                                "REPLAY_LINKED_HOME", "/srv",
                                "REPLAY", "x",
                                "WAIT", "1m")))
                .isNotNull();
    }

    @Test
    void shouldGuessARequiredNameFromANearMiss() throws IOException {
        Path file = Files.writeString(folder.resolve("near.properties"), """
                kafka.bootstrap.server=localhost:9092
                avro.schema.registry.url=http://localhost:8081
                """);
        assertThatThrownBy(() -> SettingsReader.read(file, Map.of()))
                .hasMessage(String.join(
                        System.lineSeparator(),
                        file + ":1: kafka.bootstrap.server: no such setting of Kafka; do you mean"
                                + " kafka.bootstrap.servers? It is required, as host1:9092,host2:9092",
                        file + ":2: avro.schema.registry.url: do you mean schema.registry.url? It is required,"
                                + " as http://localhost:8081; the outputs are Avro"));
    }

    @ParameterizedTest
    @CsvSource({
        "bootstrap.servers,       kafka.bootstrap.servers",
        "bootstrap.server,        kafka.bootstrap.servers",
        "kakfa.bootstrap.servers, kafka.bootstrap.servers",
        "security.protocol,       kafka.security.protocol",
        "schema.registry.urls,    schema.registry.url"
    })
    void shouldGuessANameWithoutOrWithAWrongPrefix(String name, String meant) {
        assertThatThrownBy(() -> read(name + "=x", Map.of()))
                .hasMessageEndingWith(":3: %s: no such setting; do you mean %s?".formatted(name, meant));
    }

    @Test
    void shouldNameWhatBecameOfASettingOfAnEarlierRelease() {
        InvalidSettingsException refused = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> read("trace.max-replays=3", Map.of("REPLAY_LINKER_TRACE_MAX_REPLAYS", "4")));

        assertThat(refused.problems())
                .anyMatch(problem ->
                        problem.contains("trace.max-replays: is no setting any more; set trace.max-visits, "))
                .anyMatch(problem -> problem.contains("is no setting any more; set REPLAY_LINKER_TRACE_MAX_VISITS, "))
                .hasSize(2);
    }

    @Test
    void shouldNameTheNewNameOfTheTopicOfReplayStates() {
        InvalidSettingsException refused = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> read("lives.topic=lives", Map.of("REPLAY_LINKER_LIVES_TOPIC", "lives")));

        assertThat(refused.problems())
                .anyMatch(problem -> problem.contains("lives.topic: is no setting any more; set states.topic, "))
                .anyMatch(problem -> problem.contains("is no setting any more; set REPLAY_LINKER_STATES_TOPIC, "))
                .hasSize(2);
    }

    @Test
    void shouldExplainThatTheFlagIsNoMethodAnyMore() {
        InvalidSettingsException refused = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> read("methods=replay_id,flag,trace\nmethods.by-project=22:flag", Map.of()));

        assertThat(refused.problems())
                .anyMatch(problem -> problem.contains(": methods: 'flag' is no method any more: "))
                .anyMatch(problem -> problem.contains(": methods.by-project: 'flag' is no method any more: "))
                .hasSize(2);
    }

    @Test
    void shouldReadNoSpansWhereNoneAreWanted() throws IOException {
        Settings settings = read("spans.topics=none", Map.of());

        assertThat(settings.get(WorkerSettings.SPANS_TOPICS)).isEmpty();
        assertThat(settings.toString()).contains("spans.topics=none");
    }

    @Test
    void shouldTakeOnlyAKeyThatCannotBeFoundByTrying() throws IOException {
        assertThatThrownBy(() -> read("user.hash-key=short-secret", Map.of()))
                .hasMessageContaining("user.hash-key: must be a text of 16 characters or more")
                .hasMessageNotContaining("short-secret");

        Settings settings = read("user.hash-key=a-long-enough-secret", Map.of());
        assertThat(settings.find(WorkerSettings.USER_HASH_KEY)).contains("a-long-enough-secret");
        assertThat(settings.toString()).contains("user.hash-key=********").doesNotContain("a-long-enough");
    }

    @Test
    void shouldRefuseASecretThatIsGivenTwiceInOnePlace() throws IOException {
        Path secret = Files.writeString(folder.resolve("password"), "geheim");

        assertThatThrownBy(() -> read("clickhouse.password=other\nclickhouse.password.file=" + secret, Map.of()))
                .hasMessageEndingWith(
                        "%1$s:4: clickhouse.password.file: the same secret is given at %1$s:3: clickhouse.password;"
                                        .formatted(folder.resolve("worker.properties"))
                                + " give one of them");
    }

    @Test
    void shouldRefuseAFileThatHoldsNoSecret() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), " \n");
        Path large = Files.writeString(folder.resolve("large"), "x".repeat(70_000));

        assertThatThrownBy(() -> read(
                        "clickhouse.password.file=%s\nbasic.auth.user.info.file=%s".formatted(empty, large), Map.of()))
                .hasMessageContaining("clickhouse.password.file: cannot read the file " + empty + ": it is empty")
                .hasMessageContaining(large + ": it has more than 64 KiB, which no secret has");
    }

    @Test
    void shouldReadKafkasSecretsFromFiles() throws IOException {
        Path jaas = Files.writeString(folder.resolve("jaas"), "Login required password=geheim;\n");

        Settings settings = read(
                "kafka.ssl.keystore.password.file=" + jaas,
                Map.of("REPLAY_LINKER_KAFKA_SASL_JAAS_CONFIG_FILE", jaas.toString()));

        assertThat(settings.withoutPrefix(PassThrough.KAFKA))
                .containsEntry("sasl.jaas.config", "Login required password=geheim;")
                .containsEntry("ssl.keystore.password", "Login required password=geheim;")
                .doesNotContainKey("sasl.jaas.config.file");
    }

    @Test
    void shouldRefuseValuesThatKafkaWouldRefuseLater() {
        InvalidSettingsException refused = catchThrowableOfType(
                InvalidSettingsException.class, () -> read("""
                        kafka.consumer.max.poll.records=many
                        kafka.security.protocol=SASL
                        kafka.consumer.session.timeout.ms=${file:/x:y}
                        kafka.consumer.group.id=mine
                        kafka.my.plugin.number=many
                        """, Map.of("REPLAY_LINKER_KAFKA_PRODUCER_ACKS", "few")));

        assertThat(refused.problems())
                .anyMatch(
                        problem -> problem.endsWith("kafka.consumer.max.poll.records: must be a whole number: [1,...]"))
                .anyMatch(problem -> problem.contains("kafka.security.protocol: must be text: "))
                .anyMatch(problem ->
                        problem.startsWith("environment variable REPLAY_LINKER_KAFKA_PRODUCER_ACKS: must be "))
                .anyMatch(problem -> problem.endsWith(":6: kafka.consumer.group.id: set application.id instead"))
                .hasSize(4);
    }

    @Test
    void shouldReportThatTheJvmMustAllowAnOAuthServer() throws IOException {
        String oauth = "kafka.sasl.oauthbearer.token.endpoint.url=https://login.example/token";

        assertThatThrownBy(() -> read(oauth, Map.of()))
                .hasMessageContaining("kafka.sasl.oauthbearer.token.endpoint.url: must be allowed in the JVM: start"
                        + " with -Dorg.apache.kafka.sasl.oauthbearer.allowed.urls and this value");

        System.setProperty(OAuthAddresses.ALLOWED_URLS, "https://other.example, https://login.example/token");
        try {
            assertThat(read(oauth, Map.of())).isNotNull();
        } finally {
            System.clearProperty(OAuthAddresses.ALLOWED_URLS);
        }
    }

    @Test
    void shouldReportTheMistakesOfClickHouseAndRegistryWithAllOthers() {
        assertThatThrownBy(() -> read("""
                        wait=long
                        clickhouse.url=http://me:geheim@clickhouse:8123
                        basic.auth.credentials.source=FILE
                        """, Map.of()))
                .hasMessageContaining("wait: must be a duration")
                .hasMessageContaining("worker.properties:4: clickhouse.url: must not contain user or password")
                .hasMessageContaining(
                        "worker.properties:5: basic.auth.credentials.source: must be URL or USER_INFO, not 'FILE'")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void shouldKnowWhereEachValueComesFrom() throws IOException {
        Path file = Files.writeString(folder.resolve("worker.properties"), NEEDED + "wait=1m\nthreads=2\nroles=join\n");

        Settings settings = SettingsReader.read(
                file,
                Map.of("REPLAY_LINKER_THREADS", "3", "REPLAY_LINKER_ROLES", "sink"),
                Map.of("roles", "join,sink"));

        assertThat(settings.get(WorkerSettings.ROLES)).hasSize(2);
        assertThat(settings.effective())
                .contains(
                        new Settings.Effective("wait", "1m", new Origin(Origin.Kind.FILE, file.toString())),
                        new Settings.Effective(
                                "threads", "3", new Origin(Origin.Kind.ENVIRONMENT, "REPLAY_LINKER_THREADS")),
                        new Settings.Effective("roles", "join,sink", new Origin(Origin.Kind.OPTION, "--roles")),
                        new Settings.Effective("memory", "90m", Origin.DEFAULT));
    }

    @Test
    void shouldMaskWhatIsPassedThroughUnlessItIsKnownToBeHarmless() throws IOException {
        Settings settings = read("""
                kafka.plugin.token=geheim
                kafka.consumer.max.poll.records=7
                kafka.client.id=http://me:geheim@host
                avro.bearer.auth.token=geheim
                avro.bearer.auth.credentials.source=STATIC_TOKEN
                """, Map.of());

        assertThat(settings.toString())
                .doesNotContain("geheim")
                .contains(
                        "kafka.plugin.token=********",
                        "kafka.consumer.max.poll.records=7",
                        "kafka.client.id=http://********@host",
                        "avro.bearer.auth.token=********");
    }

    @Test
    void shouldMaskTheLoginOfAnAddress() {
        Settings settings = SettingsReader.of(Map.of(
                "kafka.bootstrap.servers", "localhost:9092",
                "schema.registry.url", "http://me:geheim@one:8081,http://me:geheim@two:8081"));

        assertThat(settings.toString()).doesNotContain("geheim").contains("@two:8081");
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
    void shouldReportWhyAFileCannotBeRead() {
        assertThatThrownBy(() -> SettingsReader.read(folder.resolve("missing"), Map.of()))
                .hasMessageContaining("missing: cannot be read: no such file");
    }

    private Settings read(String content, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("worker.properties"), NEEDED + content);
        return SettingsReader.read(file, environment);
    }
}
