package io.replaylinker.embedded;

import java.util.Map;

/** A running Kafka cluster of one node, independent of how it runs. Closing it deletes its data. */
public interface KafkaBroker extends AutoCloseable {

    /** The value of {@code bootstrap.servers}. */
    String bootstrapServers();

    /**
     * Creates a topic with replication factor 1 and returns when the broker serves it.
     *
     * @param config topic settings such as {@code cleanup.policy}; empty for the broker's defaults
     * @throws IllegalStateException if the topic exists or the broker rejects the settings
     */
    void createTopic(String name, int partitions, Map<String, String> config);

    @Override
    void close();
}
