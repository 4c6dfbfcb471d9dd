package io.replaylinker.topology.cluster;

import io.replaylinker.embedded.ChildJvm;
import io.replaylinker.embedded.EndsWithParent;
import io.replaylinker.embedded.KafkaBroker;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.topology.ContextSettings;
import io.replaylinker.topology.DeadLetterSettings;
import io.replaylinker.topology.EvidenceSettings;
import io.replaylinker.topology.OutputTopics;
import io.replaylinker.topology.PlainAvro;
import io.replaylinker.topology.ShuffleSettings;
import io.replaylinker.topology.Source;
import io.replaylinker.topology.TopologySettings;
import io.replaylinker.topology.WatermarkSettings;
import io.replaylinker.topology.join.JoinSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What all workers of one application have in common: the broker, the topics, the guarantee.
 *
 * @param name of the consumer group; also the beginning of every topic's name, so that tests share a broker
 * @param guarantee a value of Kafka's {@code processing.guarantee}
 * @param shufflePartitions of the topics between the steps
 * @param stateBytes upper bound of the states of all partitions together
 */
record Installation(String bootstrapServers, String name, String guarantee, int shufflePartitions, long stateBytes) {

    /**
     * For the broker: a worker that died is missed within two seconds and its transaction is given up, and records of any day are
     * taken.
     */
    static final Map<String, String> QUICK_BROKER = Map.of(
            "group.min.session.timeout.ms", "1000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "500",
            "log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE),
            "log.retention.ms", "-1");

    /** The class path of the tests. */
    static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private static final long STATE_BYTES = 128 << 20;

    /** With more memory than any of the histories needs. */
    Installation(String bootstrapServers, String name, String guarantee, int shufflePartitions) {
        this(bootstrapServers, name, guarantee, shufflePartitions, STATE_BYTES);
    }

    static Installation of(String[] arguments) {
        return new Installation(
                arguments[0], arguments[1], arguments[2], Integer.parseInt(arguments[3]), Long.parseLong(arguments[4]));
    }

    private List<String> toArguments() {
        return List.of(
                bootstrapServers, name, guarantee, Integer.toString(shufflePartitions), Long.toString(stateBytes));
    }

    /**
     * Starts a worker as a process, which {@link JoinWorkerMain} describes.
     *
     * @param jvm options of its JVM
     * @param folder for its state, and its log under the same name with {@code .err}
     */
    ChildJvm startWorker(List<String> jvm, String classPath, Path folder) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add(JoinWorkerMain.class.getName());
        arguments.addAll(toArguments());
        arguments.add(folder.toString());
        return ChildJvm.start(
                jvm, classPath, EndsWithParent.class, arguments, folder.resolveSibling(folder.getFileName() + ".err"));
    }

    boolean isTransactional() {
        return guarantee.equals(StreamsConfig.EXACTLY_ONCE_V2);
    }

    void createTopics(KafkaBroker kafka, int sourcePartitions, int outputPartitions) {
        sources().forEach(topic -> kafka.createTopic(topic, sourcePartitions, Map.of()));
        OutputTopics outputs = outputs();
        List.of(outputs.links(), outputs.unlinked(), outputs.states(), outputs.deadLetters())
                .forEach(topic -> kafka.createTopic(topic, outputPartitions, Map.of()));
        shuffle().blocks().forEach(topic -> kafka.createTopic(topic, shufflePartitions, Map.of()));
        kafka.createTopic(shuffle().organizations(), 1, Map.of("cleanup.policy", "compact"));
    }

    ShuffleSettings shuffle() {
        return new ShuffleSettings(name, shufflePartitions, stateBytes);
    }

    String events() {
        return name + "-in-events";
    }

    String spans() {
        return name + "-in-spans";
    }

    String replays() {
        return name + "-in-replays";
    }

    List<String> sources() {
        return List.of(events(), spans(), replays());
    }

    OutputTopics outputs() {
        return new OutputTopics(
                name + "-out-links",
                name + "-out-unlinked",
                name + "-out-states",
                name + "-out-dead-letters",
                name + "-out-trace-nodes");
    }

    TopologySettings topology(JoinSettings join, WatermarkSettings watermark) {
        return new TopologySettings(
                List.of(new Source<>(events(), () -> PlainAvro.decoder(BackendEvent.getClassSchema()))),
                List.of(new Source<>(spans(), () -> PlainAvro.decoder(Span.getClassSchema()))),
                List.of(new Source<>(replays(), () -> PlainAvro.decoder(ReplaySegment.getClassSchema()))),
                outputs(),
                PlainAvro.outputs(),
                EvidenceSettings.defaults(),
                join,
                watermark,
                shuffle(),
                DeadLetterSettings.defaults(),
                ContextSettings.OFF);
    }

    Properties streams(Path stateDir, int threads) {
        Map<String, Object> config = new HashMap<>();
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 2_000);
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 300);
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.METADATA_MAX_AGE_CONFIG), 1_000);
        config.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 2_000);
        Properties properties = new Properties();
        properties.putAll(config);
        return properties;
    }
}
