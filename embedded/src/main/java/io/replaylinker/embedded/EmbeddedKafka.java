package io.replaylinker.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.test.JaasUtils;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNode;
import org.apache.kafka.common.test.TestKitNodes;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this JVM: one combined KRaft node on loopback with plaintext listeners. {@link #close()} deletes its temporary
 * data folder.
 */
public final class EmbeddedKafka implements KafkaBroker {

    /**
     * One node, so every internal topic has one replica. Few partitions, because each costs files at startup. The message size is that of a
     * self-hosted Sentry. Topics are not created automatically, so a typing mistake cannot create one.
     */
    private static final Map<String, String> ONE_SMALL_NODE = Map.ofEntries(
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("message.max.bytes", "50000000"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("transaction.state.log.replication.factor", "1"));

    private final KafkaClusterTestKit cluster;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final String bootstrapServers;
    private final Path folder;

    private EmbeddedKafka(KafkaClusterTestKit cluster, Path folder) {
        this.cluster = cluster;
        this.bootstrapServers = cluster.bootstrapServers();
        this.folder = folder;
    }

    /** Starts a broker with the default settings. This takes about three seconds on a cold JVM. */
    public static EmbeddedKafka start() {
        return start(Map.of());
    }

    /**
     * Starts a broker that requires a login (SASL PLAIN without encryption). Only the administrator has rights until ACLs grant more. The
     * logins are in system properties of the JVM, so there can be only one such broker at a time.
     *
     * @param brokerProperties broker settings of Kafka that override the defaults
     * @throws PartUnavailableException if the broker does not start
     */
    public static EmbeddedKafka startWithLogins(Map<String, String> brokerProperties) {
        return start(brokerProperties, SecurityProtocol.SASL_PLAINTEXT);
    }

    /** The client settings of the administrator for {@link #startWithLogins}. */
    public static Map<String, Object> administrator(KafkaBroker broker) {
        return Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "security.protocol",
                SecurityProtocol.SASL_PLAINTEXT.name,
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                login(JaasUtils.KAFKA_PLAIN_ADMIN, JaasUtils.KAFKA_PLAIN_ADMIN_PASSWORD));
    }

    /** The name of the one user of {@link #startWithLogins} beside the administrator. */
    public static String user() {
        return JaasUtils.KAFKA_PLAIN_USER1;
    }

    /** The value of {@code sasl.jaas.config} for that user. */
    public static String loginOfUser() {
        return login(JaasUtils.KAFKA_PLAIN_USER1, JaasUtils.KAFKA_PLAIN_USER1_PASSWORD);
    }

    private static String login(String user, String password) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(user, password);
    }

    /**
     * Starts a broker.
     *
     * @param brokerProperties broker settings of Kafka that override the defaults
     * @throws PartUnavailableException if the broker does not start
     */
    public static EmbeddedKafka start(Map<String, String> brokerProperties) {
        return start(brokerProperties, SecurityProtocol.PLAINTEXT);
    }

    private static EmbeddedKafka start(Map<String, String> brokerProperties, SecurityProtocol protocol) {
        Path folder = Folders.temporary("kafka");
        KafkaClusterTestKit cluster = null;
        try {
            TestKitNodes nodes = oneNode(folder, protocol);
            format(nodes);
            cluster = cluster(nodes, brokerProperties);
            cluster.startup();
            cluster.waitForReadyBrokers();
            return new EmbeddedKafka(cluster, folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(cluster, folder, e);
        } catch (Exception e) {
            throw failed(cluster, folder, e);
        }
    }

    private static TestKitNodes oneNode(Path folder, SecurityProtocol protocol) throws IOException {
        return new TestKitNodes.Builder()
                .setBaseDirectory(Files.createDirectories(folder.resolve("node")))
                .setBootstrapMetadataVersion(MetadataVersion.latestProduction())
                .setCombined(true)
                .setBrokerSecurityProtocol(protocol)
                .setControllerSecurityProtocol(protocol)
                .setNumBrokerNodes(1)
                .setNumControllerNodes(1)
                .build();
    }

    /** Formats the folders of the node. The cluster's own {@code format()} would write to stdout, which belongs to the demo. */
    private static void format(TestKitNodes nodes) throws Exception {
        for (TestKitNode node : nodes.brokerNodes().values()) {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(node.id())
                    .setClusterId(nodes.clusterId())
                    .setDirectories(node.logDataDirectories())
                    .setMetadataLogDirectory(node.metadataDirectory())
                    .setControllerListenerName(nodes.controllerListenerName().value())
                    .setReleaseVersion(nodes.bootstrapMetadata().metadataVersion())
                    .run();
        }
    }

    private static KafkaClusterTestKit cluster(TestKitNodes nodes, Map<String, String> brokerProperties)
            throws Exception {
        Map<String, String> properties = new LinkedHashMap<>(ONE_SMALL_NODE);
        properties.putAll(brokerProperties);
        KafkaClusterTestKit.Builder builder = new KafkaClusterTestKit.Builder(nodes);
        properties.forEach(builder::setConfigProp);
        return builder.build();
    }

    private static PartUnavailableException failed(
            @Nullable KafkaClusterTestKit cluster, Path folder, Exception cause) {
        if (cluster != null) {
            try {
                cluster.close();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
        Folders.delete(folder);
        return new PartUnavailableException("the embedded Kafka did not start: " + cause.getMessage(), cause);
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * The value of {@code bootstrap.servers} for a listener other than the plain one.
     *
     * @param listener its name in the broker settings
     */
    public String bootstrapServers(String listener) {
        try {
            // The broker's class is in Scala and the compiler would have to read it. This module has it at runtime
            // only.
            Map<?, ?> brokers =
                    (Map<?, ?>) KafkaClusterTestKit.class.getMethod("brokers").invoke(cluster);
            Object broker = Objects.requireNonNull(brokers.values().iterator().next());
            Object port = broker.getClass()
                    .getMethod("boundPort", ListenerName.class)
                    .invoke(broker, new ListenerName(listener));
            return "localhost:" + port;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the broker does not tell the port of " + listener, e);
        }
    }

    @Override
    public void createTopic(String name, int partitions, Map<String, String> config) {
        TopicCreation.createTopic(bootstrapServers, name, partitions, config);
    }

    @Override
    public void close() {
        if (isClosed.getAndSet(true)) {
            return;
        }
        try {
            cluster.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded Kafka did not stop cleanly", e);
        } finally {
            Folders.delete(folder);
        }
    }
}
