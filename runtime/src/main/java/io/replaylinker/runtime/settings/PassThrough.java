package io.replaylinker.runtime.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Families of settings that are passed unchanged to the client that defines them. */
public enum PassThrough {
    /** Settings of Kafka's clients and of Kafka Streams, with {@code consumer.}, {@code producer.} ... after the prefix. */
    KAFKA("kafka."),
    /** More settings for the Avro serde, beyond those in the worker's own table. */
    AVRO("avro.");

    /**
     * Names whose values are shown in texts. All others are masked: a list of secrets would be incomplete, because plugins add names of
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
            "acks",
            "enable.idempotence",
            "auto.offset.reset",
            "config.providers",
            "topology.optimization",
            "max.task.idle.ms",
            "buffered.records.per.partition",
            "statestore.cache.max.bytes",
            "buffer.memory",
            "request.timeout.ms",
            "retries",
            "ssl.endpoint.identification.algorithm");

    /** Secrets of the Avro serde; for names of Kafka's, Kafka's own definitions mark the secrets. */
    private static final Set<String> AVRO_SECRETS = Set.of("basic.auth.user.info", "bearer.auth.token");

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

    /** With the prefix, as in the settings. */
    public String named(String stripped) {
        return prefix + stripped;
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

    /** The family that a name belongs to. */
    static Optional<PassThrough> of(String name) {
        return Arrays.stream(values()).filter(family -> family.covers(name)).findFirst();
    }

    /** Whether a file may hold its value: then {@code NAME.file} names that file. */
    static boolean isSecret(String name) {
        return KAFKA.covers(name)
                ? KafkaDefinitions.isPassword(KAFKA.stripped(name))
                : AVRO.covers(name) && AVRO_SECRETS.contains(AVRO.stripped(name));
    }

    /** What is wrong with a value, as far as that is known without starting a client. */
    static Optional<String> mistake(String name, String value) {
        return KAFKA.covers(name) ? KafkaDefinitions.mistake(KAFKA.stripped(name), value) : Optional.empty();
    }

    /** Names under {@code kafka.} that Kafka does not define, each with what was probably meant; those that plugins bring may be right. */
    public static Map<String, String> unknownToKafka(Settings settings) {
        Map<String, String> unknown = new TreeMap<>();
        settings.withoutPrefix(KAFKA).keySet().forEach(name -> KafkaDefinitions.unknown(name)
                .ifPresent(meant -> unknown.put(name, meant)));
        return unknown;
    }

    /** Names under {@code kafka.} whose values are shown. */
    static Set<String> harmless() {
        return HARMLESS;
    }

    /** The value if it is harmless, else a mask. */
    static String shown(String name, String value) {
        boolean harmless = KAFKA.covers(name) && HARMLESS.contains(KafkaDefinitions.ofClient(KAFKA.stripped(name)));
        return harmless ? Shown.text(value) : Shown.MASK;
    }
}
