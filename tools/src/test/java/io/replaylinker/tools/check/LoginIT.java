package io.replaylinker.tools.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.tools.WorkerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka that wants a login, which a real config provider looks up in a file, and that has rules for who may do what. */
class LoginIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String SECRET = "plain-user1-secret";

    private static EmbeddedKafka kafka = EmbeddedKafka.startWithLogins(Map.of());
    private static Admin admin = Admin.create(EmbeddedKafka.administrator(kafka));

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void prepare() throws Exception {
        admin.createTopics(Looking.DEFAULT_SOURCES.stream()
                        .map(topic -> new NewTopic(topic, 1, (short) 1)
                                .configs(Map.of("message.timestamp.type", "LogAppendTime")))
                        .toList())
                .all()
                .get();
    }

    @AfterEach
    void forgetRights() throws Exception {
        admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @Test
    void shouldNameTheRightsThatAreMissing() throws Exception {
        grant(ResourceType.TOPIC, PatternType.LITERAL, "events", AclOperation.DESCRIBE);
        grant(ResourceType.TOPIC, PatternType.LITERAL, "transactions", AclOperation.READ);
        grant(ResourceType.TOPIC, PatternType.LITERAL, "replay-links", AclOperation.DESCRIBE);

        Looking looking = Looking.at(CheckWiring.kafka(Looking.read(settings(SECRET)), Clock.systemUTC()));

        looking.assertFound(Severity.OK, "brokers", "1 broker");
        looking.assertFound(Severity.PROBLEM, "topic events", "the user may not read it");
        looking.assertFound(Severity.OK, "topic transactions", "is unknown without the right DESCRIBE_CONFIGS");
        looking.assertFound(Severity.PROBLEM, "topic ingest-replay-events", "the user may not read it");
        looking.assertFound(Severity.PROBLEM, "topic replay-links", "Kafka would not create it");
        looking.assertFound(Severity.PROBLEM, "group replay-linker", "the user lacks READ");
        looking.assertFound(Severity.PROBLEM, "topic replay-linker-by-trace", "the user lacks READ");
    }

    @Test
    void shouldReportThatTheLoginIsWrongAndNotWhich() throws Exception {
        Looking looking = Looking.at(CheckWiring.kafka(Looking.read(settings("geheim")), Clock.systemUTC()));

        looking.assertFound(Severity.PROBLEM, "brokers", "refuses the login: Authentication failed");
        assertThat(looking.findings().toString()).doesNotContain("geheim");
    }

    @Test
    void shouldRunWithALoginThatAConfigProviderLooksUp() throws Exception {
        for (String topic : Looking.DEFAULT_SOURCES) {
            grant(ResourceType.TOPIC, PatternType.LITERAL, topic, AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);
        }
        grant(ResourceType.TOPIC, PatternType.PREFIXED, "replay-", AclOperation.ALL);
        grant(ResourceType.TOPIC, PatternType.LITERAL, "trace-nodes", AclOperation.ALL);
        grant(ResourceType.GROUP, PatternType.PREFIXED, "replay-linker", AclOperation.READ, AclOperation.DESCRIBE);
        Map<String, String> settings = settings(SECRET);

        Looking looking = Looking.at(CheckWiring.kafka(Looking.read(settings), Clock.systemUTC()));
        assertThat(looking.bad()).isEmpty();
        try (WorkerProcess worker = WorkerProcess.start(folder, lines(settings))) {
            awaitMember(worker);

            assertThat(worker.log()).contains("Started with the roles [join]").doesNotContain(SECRET);
        }
    }

    private Map<String, String> settings(String password) throws Exception {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Path file = Files.writeString(
                secrets.resolve("kafka.properties"),
                "jaas=" + EmbeddedKafka.loginOfUser().replace(SECRET, password));
        return new HashMap<>(Map.ofEntries(
                Map.entry("roles", "join"),
                Map.entry("http.port", "-1"),
                Map.entry("shuffle.partitions", "1"),
                Map.entry("topics.partitions", "1"),
                Map.entry("schema.registry.url", "mock://login"),
                Map.entry("kafka.bootstrap.servers", kafka.bootstrapServers()),
                Map.entry("kafka.security.protocol", "SASL_PLAINTEXT"),
                Map.entry("kafka.sasl.mechanism", "PLAIN"),
                Map.entry("kafka.sasl.jaas.config", "${file:" + file + ":jaas}"),
                Map.entry("kafka.config.providers", "file"),
                Map.entry(
                        "kafka.config.providers.file.class",
                        "org.apache.kafka.common.config.provider.FileConfigProvider"),
                Map.entry("kafka.config.providers.file.param.allowed.paths", secrets.toString())));
    }

    private static String lines(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static void grant(ResourceType type, PatternType pattern, String name, AclOperation... operations)
            throws Exception {
        for (AclOperation operation : operations) {
            admin.createAcls(List.of(new AclBinding(
                            new ResourcePattern(type, name, pattern),
                            new AccessControlEntry(
                                    "User:" + EmbeddedKafka.user(), "*", operation, AclPermissionType.ALLOW))))
                    .all()
                    .get();
        }
    }

    /** A member of the join's group has logged in with all its clients. */
    private static void awaitMember(WorkerProcess worker) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        boolean joined = false;
        while (!joined && worker.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(200);
            joined = admin.listGroups().all().get().stream()
                            .anyMatch(group -> group.groupId().equals("replay-linker"))
                    && admin.describeConsumerGroups(List.of("replay-linker")).all().get().values().stream()
                            .map(ConsumerGroupDescription::members)
                            .anyMatch(members -> !members.isEmpty());
        }
        assertThat(joined).as(worker.log()).isTrue();
    }
}
