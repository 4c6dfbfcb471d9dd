package io.replaylinker.tools.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.Migrations;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Program;
import io.replaylinker.testkit.DocumentedBlock;
import io.replaylinker.testkit.EmbeddedRegistry;
import io.replaylinker.tools.ReplayLinkerCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check finds on real servers, one thing wrong at a time. */
class CheckIT {

    private static final String LOG_APPEND = "message.timestamp.type";
    private static final Map<String, String> AS_SENTRY =
            Map.of(LOG_APPEND, "LogAppendTime", "retention.ms", "86400000");

    private static EmbeddedKafka kafka = EmbeddedKafka.start();
    private static EmbeddedClickHouse clickHouse = EmbeddedClickHouse.start();
    private static EmbeddedRegistry registry = EmbeddedRegistry.start();

    private final StringWriter out = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void prepare() {
        Looking.DEFAULT_SOURCES.forEach(topic -> kafka.createTopic(topic, 1, AS_SENTRY));
        new Migrations(new ClickHouse(connection("default"))).apply(step -> {});
    }

    @AfterAll
    static void stop() {
        registry.close();
        clickHouse.close();
        kafka.close();
    }

    @Test
    void shouldFindNothingWrongWhereAllIsWell() throws Exception {
        Set<String> before = topics();

        Looking looking = Looking.at(settings(Map.of()));

        assertThat(looking.bad()).isEmpty();
        looking.assertFound(Severity.OK, "topic events", "1 partition, LogAppendTime, kept 24 h, records up to");
        looking.assertFound(Severity.OK, "topic replay-links", "will be created with 4 partitions");
        for (String shuffle : List.of("by-trace", "by-event", "by-replay", "organizations")) {
            looking.assertFound(Severity.OK, "topic replay-linker-" + shuffle, "will be created");
        }
        looking.assertFound(Severity.OK, "topic ingest-spans", "1 partition, LogAppendTime, kept 24 h");
        looking.assertFound(Severity.OK, "topic replay-linker-user-key", "will be created with 1 partition");
        looking.assertFound(Severity.OK, "group replay-linker-links-sink", "is new");
        looking.assertFound(Severity.OK, "schema of replay-links", "will be registered");
        looking.assertFound(Severity.OK, "rights of default", "may read and insert");
        looking.assertFound(Severity.OK, "tables", "all exist");
        looking.assertFound(Severity.OK, "clock", "ClickHouse's is");
        assertThat(topics()).as("a check changes nothing").isEqualTo(before);
    }

    @Test
    void shouldLookAtEverythingWhenServersAreAway() throws Exception {
        Looking looking = Looking.at(settings(Map.of(
                "kafka.bootstrap.servers", "127.0.0.1:1",
                "schema.registry.url", "http://127.0.0.1:1",
                "clickhouse.url", "http://127.0.0.1:1")));

        looking.assertFound(Severity.PROBLEM, "brokers", "no broker answers at 127.0.0.1:1");
        looking.assertFound(Severity.SKIPPED, "sources", "not checked, because Kafka does not respond");
        looking.assertFound(Severity.PROBLEM, "registry", "did not answer");
        looking.assertFound(Severity.SKIPPED, "schemas", "because the registry does not respond");
        looking.assertFound(Severity.PROBLEM, "server", "Connection refused");
        looking.assertFound(Severity.SKIPPED, "tables, rights and clock", "because the server does not respond");
    }

    @Test
    void shouldNotAskForClickHouseInAJoinNorForSourcesInASink() throws Exception {
        Looking join = Looking.at(settings(Map.of("roles", "join", "clickhouse.url", "http://127.0.0.1:1")));
        Looking sink = Looking.at(settings(Map.of("roles", "sink", "events.topics", "no-such-topic:avro")));

        assertThat(join.bad()).isEmpty();
        assertThat(sink.findings()).extracting(Finding::subject).doesNotContain("topic no-such-topic");
        sink.assertFound(Severity.PROBLEM, "topic replay-states", "does not exist");
    }

    @Test
    void shouldFindWhatIsWrongWithSources() throws Exception {
        kafka.createTopic("short", 1, Map.of(LOG_APPEND, "LogAppendTime", "retention.ms", "600000"));
        kafka.createTopic("shortish", 1, Map.of(LOG_APPEND, "LogAppendTime", "retention.ms", "3600000"));
        kafka.createTopic("trusting", 1, Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
        kafka.createTopic(
                "compacted",
                1,
                Map.of(LOG_APPEND, "LogAppendTime", "cleanup.policy", "compact", "max.message.bytes", "2000000000"));

        Looking looking = Looking.at(settings(Map.of(
                "roles",
                "join",
                "events.topics",
                "missing:avro,short:avro,shortish:avro,trusting:sentry-json,compacted:avro")));

        looking.assertFound(Severity.PROBLEM, "topic missing", "does not exist");
        looking.assertFound(
                Severity.PROBLEM, "topic short", "retains records for 10 min, less than the wait of 15 min");
        looking.assertFound(
                Severity.WARNING, "topic shortish", "retains records for 60 min, less than the memory of 90 min");
        looking.assertFound(
                Severity.WARNING, "topic trusting", "message.timestamp.type=CreateTime), however far in the future");
        looking.assertFound(Severity.PROBLEM, "topic compacted", "of all records of a key only the newest remains");
        looking.assertFound(Severity.WARNING, "topic compacted", "a record may have 2000 MB, and the heap is");
        assertThat(looking.bad()).hasSize(6);
    }

    @Test
    void shouldFindTheClocksApart() throws Exception {
        kafka.createTopic("stamped", 1, AS_SENTRY);
        try (Producer<String, String> producer =
                new KafkaProducer<>(client(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("stamped", "x")).get();
        }
        Clock behind = Clock.fixed(Instant.now().minusSeconds(90), ZoneOffset.UTC);
        Map<String, String> settings = settings(Map.of("events.topics", "stamped:sentry-json"));

        Looking looking = Looking.at(CheckWiring.kafka(Looking.read(settings), behind));
        Looking tables = Looking.at(CheckWiring.clickHouse(Looking.read(settings), behind));

        looking.assertFound(Severity.WARNING, "topic stamped", "ahead of this machine's clock");
        tables.assertFound(Severity.WARNING, "clock", "ahead of this machine's");
    }

    @Test
    void shouldFindWhatIsWrongWithOutputs() throws Exception {
        kafka.createTopic("hasty-links", 1, Map.of("retention.ms", "3600000", "max.message.bytes", "1000"));
        kafka.createTopic("stuck-states", 1, Map.of("min.insync.replicas", "2"));
        kafka.createTopic("divided-by-trace", 3, Map.of());
        kafka.createTopic("divided-by-event", 4, Map.of("retention.ms", "3600000"));
        kafka.createTopic("divided-by-replay", 4, Map.of("retention.ms", "-1", "cleanup.policy", "compact"));
        kafka.createTopic("divided-organizations", 1, Map.of("cleanup.policy", "delete"));
        kafka.createTopic("divided-resolved-repartition", 4, Map.of());
        kafka.createTopic("divided-confirm-rows-changelog", 4, Map.of());
        kafka.createTopic("divided-user-key", 1, Map.of("retention.ms", "3600000"));

        Looking looking = Looking.at(settings(Map.of(
                "application.id", "divided",
                "links.topic", "hasty-links",
                "states.topic", "stuck-states",
                "topics.replication", "3")));

        looking.assertFound(Severity.WARNING, "topic hasty-links", "retains links for 60 min");
        looking.assertFound(Severity.WARNING, "topic hasty-links", "accepts batches up to 1000 bytes");
        looking.assertFound(Severity.PROBLEM, "topic stuck-states", "has 1 replica in sync and needs 2");
        looking.assertFound(Severity.PROBLEM, "topic replay-unlinked", "Kafka would not create it");
        looking.assertFound(Severity.PROBLEM, "topic divided-user-key", "retains the key of user hashes for 60 min");
        looking.assertFound(
                Severity.PROBLEM,
                "topic divided-by-trace",
                "shuffle.partitions is 4, but the topic divided-by-trace has 3 partitions");
        looking.assertFound(Severity.PROBLEM, "topic divided-by-event", "loses unread records by retention.ms=3600000");
        looking.assertFound(Severity.PROBLEM, "topic divided-by-replay", "has cleanup.policy=compact");
        looking.assertFound(Severity.PROBLEM, "topic divided-organizations", "has cleanup.policy=delete");
        looking.assertFound(
                Severity.WARNING,
                "former topics",
                "left by an earlier release: divided-confirm-rows-changelog, divided-resolved-repartition");
    }

    @Test
    void shouldTryTransactions() throws Exception {
        Looking looking = Looking.at(settings(Map.of("roles", "join", "processing.guarantee", "exactly_once_v2")));

        looking.assertFound(Severity.OK, "transactions", "Kafka started one");
    }

    @Test
    void shouldFindASubjectThatDoesNotTakeOurSchema() throws Exception {
        HttpRequest other = HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/taken-value/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"schema\":\"{\\\"type\\\":\\\"string\\\"}\"}"))
                .build();
        HttpRequest strict = HttpRequest.newBuilder(URI.create(registry.url() + "/config/taken-value"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"FULL\"}"))
                .build();
        for (HttpRequest request : List.of(other, strict)) {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }

        Looking taken = Looking.at(CheckWiring.registry(Looking.read(settings(Map.of("unlinked.topic", "taken")))));
        Looking unknown =
                Looking.at(CheckWiring.registry(Looking.read(settings(Map.of("auto.register.schemas", "false")))));
        Looking nowhere = Looking.at(
                CheckWiring.registry(Looking.read(settings(Map.of("schema.registry.url", clickHouse.httpUrl())))));

        taken.assertFound(Severity.PROBLEM, "schema of taken", "does not accept io.replaylinker.schemas.Unlinked");
        unknown.assertFound(
                Severity.PROBLEM, "schema of replay-links", "Register it, or set auto.register.schemas=true");
        nowhere.assertFound(Severity.PROBLEM, "registry", "is schema.registry.url the address of a registry?");
    }

    @Test
    void shouldFindWhatIsWrongWithTables() throws Exception {
        try (Connection connection = new ClickHouse(connection("default")).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE bare");
            statement.execute("CREATE DATABASE wrong");
            new Migrations(new ClickHouse(connection("wrong"))).apply(step -> {});
            statement.execute("ALTER TABLE wrong.replay_links DROP COLUMN duration_ms");
        }
        Map<String, String> missing = settings(Map.of("clickhouse.database", "nowhere"));
        Map<String, String> bare = settings(Map.of("clickhouse.database", "bare"));
        Map<String, String> wrong = settings(Map.of("clickhouse.database", "wrong"));
        Map<String, String> stranger = settings(Map.of("clickhouse.password", "not-it"));

        Looking.at(CheckWiring.clickHouse(Looking.read(missing), Clock.systemUTC()))
                .assertFound(Severity.PROBLEM, "database nowhere", "does not exist");
        Looking.at(CheckWiring.clickHouse(Looking.read(bare), Clock.systemUTC()))
                .assertFound(Severity.PROBLEM, "tables", "replay_links, trace_records, replays, replays_from_links,");
        Looking.at(CheckWiring.clickHouse(Looking.read(wrong), Clock.systemUTC()))
                .assertFound(Severity.PROBLEM, "column replay_links.duration_ms", "is missing");
        Looking.at(CheckWiring.clickHouse(Looking.read(stranger), Clock.systemUTC()))
                .assertFound(Severity.PROBLEM, "server", "wrong user or password");
    }

    @Test
    void shouldEndWithACodeThatScriptsUnderstand() throws Exception {
        assertThat(check(settings(Map.of()))).isEqualTo(ExitCodes.OK);
        assertThat(out.toString())
                .contains("Kafka" + System.lineSeparator() + "  ok ", "no problem, 0 warnings")
                .doesNotContain("warning ");

        assertThat(check(settings(Map.of("events.topics", "nowhere:avro")), "--json"))
                .isEqualTo(ExitCodes.FAILURE);
        assertThat(out.toString())
                .contains("\"problems\" : 1,", "\"subject\" : \"topic nowhere\"", "\"remedy\" : \"create the topics");

        assertThat(check(settings(Map.of("events.topics", "nowhere:avro")), "--roles", "sink", "--json"))
                .isEqualTo(ExitCodes.FAILURE);
        assertThat(out.toString()).doesNotContain("nowhere");

        assertThat(check(settings(Map.of("wait", "long")))).isEqualTo(ExitCodes.USAGE);
    }

    /** With the retention of a topic that was made with the broker's defaults, and without tables. */
    @Test
    void shouldPrintWhatTheHandbookShows() throws Exception {
        try (Connection connection = new ClickHouse(connection("default")).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE empty");
        }
        for (String topic : Looking.DEFAULT_SOURCES) {
            configure(topic, Map.of("retention.ms", "10800000"));
        }
        configure("ingest-replay-events", Map.of(LOG_APPEND, "CreateTime", "retention.ms", "3600000"));
        try {
            assertThat(check(
                            settings(Map.of("clickhouse.database", "empty", "kafka.consumer.max.pol.records", "1000"))))
                    .isEqualTo(ExitCodes.FAILURE);
        } finally {
            for (String topic : Looking.DEFAULT_SOURCES) {
                configure(topic, AS_SENTRY);
            }
        }
        DocumentedBlock.of("docs/commands.md", "$ ./replay-linker check --config worker.properties")
                .shows(
                        "./replay-linker check --config worker.properties",
                        out.toString()
                                .replaceFirst("( Java +).*", "$117.0.15+6, Linux amd64")
                                .replaceFirst(
                                        "heap .* MB, of .* GB",
                                        "heap 6320 MB, state 268 MB, other memory of the JVM 262 MB, of 25 GB")
                                .replaceFirst("(http.port +)0 of", "$18080 of")
                                .replaceFirst("of the cluster .*", "of the cluster uR-aDmBnTgG39UWFbAhxeg")
                                .replaceFirst("( version +)[0-9.]+", "$126.7.2.1")
                                .replaceFirst("ClickHouse's is .*", "ClickHouse's is 0.1 s behind this machine's"));
    }

    private static void configure(String topic, Map<String, String> values) throws Exception {
        try (Admin admin = Admin.create(client())) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            values.entrySet().stream()
                                    .map(value -> new AlterConfigOp(
                                            new ConfigEntry(value.getKey(), value.getValue()),
                                            AlterConfigOp.OpType.SET))
                                    .toList()))
                    .all()
                    .get();
        }
    }

    private int check(Map<String, String> settings, String... more) throws Exception {
        String lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(folder.resolve("worker.properties"), lines);
        List<String> arguments = new ArrayList<>(List.of("check", "--config", file.toString()));
        arguments.addAll(List.of(more));
        out.getBuffer().setLength(0);
        return new Program(ReplayLinkerCommand.commandLine().setOut(new PrintWriter(out)))
                .run(arguments.toArray(String[]::new));
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "schema.registry.url",
                registry.url(),
                "clickhouse.url",
                clickHouse.httpUrl(),
                "clickhouse.compress",
                "false",
                "http.port",
                "0",
                "state.memory",
                "64m"));
        settings.putAll(more);
        return settings;
    }

    private static ClickHouseSettings connection(String database) {
        return ClickHouseSettings.of(clickHouse.httpUrl(), database, clickHouse.user(), clickHouse.password())
                .uncompressed();
    }

    private static Map<String, Object> client() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private static Set<String> topics() throws Exception {
        try (Admin admin = Admin.create(client())) {
            return admin.listTopics().names().get();
        }
    }
}
