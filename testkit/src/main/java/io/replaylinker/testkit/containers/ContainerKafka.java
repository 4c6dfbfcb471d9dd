package io.replaylinker.testkit.containers;

import io.replaylinker.embedded.KafkaBroker;
import io.replaylinker.embedded.TopicCreation;
import java.util.Locale;
import java.util.Map;
import org.testcontainers.kafka.KafkaContainer;

/** Apache Kafka's own image. */
final class ContainerKafka implements KafkaBroker {

    private static final String IMAGE = "apache/kafka:4.3.1";

    private final KafkaContainer container;

    private ContainerKafka(KafkaContainer container) {
        this.container = container;
    }

    static ContainerKafka start(Map<String, String> brokerProperties) {
        Docker.assumeEngine();
        KafkaContainer container = new KafkaContainer(IMAGE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_MESSAGE_MAX_BYTES", "50000000");
        brokerProperties.forEach((name, value) -> container.withEnv(variable(name), value));
        return new ContainerKafka(Docker.start(container));
    }

    /** The image's naming rule: {@code log.retention.ms} is {@code KAFKA_LOG_RETENTION_MS}. */
    private static String variable(String property) {
        return "KAFKA_" + property.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public void createTopic(String name, int partitions, Map<String, String> config) {
        TopicCreation.createTopic(bootstrapServers(), name, partitions, config);
    }

    @Override
    public void close() {
        container.stop();
    }
}
