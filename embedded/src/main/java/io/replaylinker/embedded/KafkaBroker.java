package io.replaylinker.embedded;

import java.util.Map;

/** A running Kafka cluster of one node, however it is run. Closing it deletes its data. */
public interface KafkaBroker extends AutoCloseable {

    /** Value for {@code bootstrap.servers}. */
    String bootstrapServers();

    /**
     * Makes a topic with replication factor 1 and returns when the broker serves it.
     *
     * @param config topic settings such as {@code cleanup.policy}; empty for the broker's defaults
     * @throws IllegalStateException when the topic exists or the broker refuses the settings
     */
    void createTopic(String name, int partitions, Map<String, String> config);

    @Override
    void close();
}
