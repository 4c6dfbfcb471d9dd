package io.replaylinker.worker.settings;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Families of settings that are not ours: handed as they are to the client that knows them. */
public enum PassThrough {
    /** Settings of Kafka's clients and of Kafka Streams, with {@code consumer.}, {@code producer.} ... after the prefix. */
    KAFKA("kafka."),
    /** More settings for the Avro serde, for those that it has beyond our table. */
    AVRO("avro.");

    /**
     * Shown in texts. All others are masked: a list of what is secret would miss the next one, because plugins bring names of
     * their own.
     */
    private static final Set<String> HARMLESS = Set.of(
            "bootstrap.servers",
            "security.protocol",
            "sasl.mechanism",
            "client.id",
            "client.rack",
            "group.protocol",
            "replication.factor",
            "num.standby.replicas",
            "commit.interval.ms",
            "max.poll.records",
            "max.poll.interval.ms",
            "session.timeout.ms",
            "fetch.max.bytes",
            "max.partition.fetch.bytes",
            "max.request.size",
            "compression.type",
            "linger.ms",
            "batch.size",
            "acks");

    private static final List<String> CLIENTS =
            List.of("", "consumer.", "main.consumer.", "restore.consumer.", "producer.", "admin.");

    private final String prefix;

    PassThrough(String prefix) {
        this.prefix = prefix;
    }

    boolean covers(String name) {
        return name.startsWith(prefix) && name.length() > prefix.length();
    }

    String stripped(String name) {
        return name.substring(prefix.length());
    }

    /** The name as Kafka's container images read it: {@code _} is a dot, {@code __} an underscore. */
    String nameOf(String environmentTail) {
        return prefix
                + environmentTail
                        .toLowerCase(Locale.ROOT)
                        .replace("__", "\0")
                        .replace('_', '.')
                        .replace('\0', '_');
    }

    String environmentPrefix() {
        return Setting.environmentName(prefix);
    }

    static boolean isHarmless(String name) {
        return CLIENTS.stream()
                .map(client -> KAFKA.prefix + client)
                .filter(name::startsWith)
                .anyMatch(prefix -> HARMLESS.contains(name.substring(prefix.length())));
    }
}
