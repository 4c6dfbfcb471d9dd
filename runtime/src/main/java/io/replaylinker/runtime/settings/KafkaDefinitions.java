package io.replaylinker.runtime.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka's own definitions of the names and values under {@code kafka.}: which names it knows, and which values it accepts. */
final class KafkaDefinitions {

    private static final ConfigDef STREAMS = StreamsConfig.configDef();
    private static final ConfigDef CONSUMER = ConsumerConfig.configDef();
    private static final ConfigDef PRODUCER = ProducerConfig.configDef();
    private static final ConfigDef ADMIN = AdminClientConfig.configDef();

    /** Longer prefixes first: {@code main.consumer.} ends like {@code consumer.}. */
    private static final List<String> CONSUMERS =
            List.of("main.consumer.", "restore.consumer.", "global.consumer.", "consumer.");

    /** Marks values that Kafka's clients resolve by themselves. */
    private static final String LOOKED_UP = "${";

    /** Names that plugins and topics add, which no definition covers. */
    private static final List<String> OF_OTHERS = List.of("config.providers.", "topic.");

    private KafkaDefinitions() {}

    /** The name without the client that it is meant for: {@code consumer.max.poll.records} is {@code max.poll.records}. */
    static String ofClient(String name) {
        return Stream.concat(CONSUMERS.stream(), Stream.of("producer.", "admin."))
                .filter(name::startsWith)
                .findFirst()
                .map(client -> name.substring(client.length()))
                .orElse(name);
    }

    /** Whether Kafka defines a setting of this name. */
    static boolean defines(String name) {
        return find(name).isPresent();
    }

    static boolean isPassword(String name) {
        return find(name).map(key -> key.type == ConfigDef.Type.PASSWORD).orElse(false);
    }

    /** What is wrong with a value, without repeating it; empty when nothing is, or when only Kafka itself can find out. */
    static Optional<String> mistake(String name, String value) {
        Optional<ConfigKey> known = find(name);
        if (known.isEmpty() || value.contains(LOOKED_UP)) {
            return Optional.empty();
        }
        ConfigKey key = known.get();
        try {
            Object parsed = ConfigDef.parseType(key.name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
            }
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of("must be " + description(key));
        }
    }

    /** For a name that Kafka does not define: the name that was probably meant; empty when a plugin may define it. */
    static Optional<String> unknown(String name) {
        if (find(name).isPresent() || OF_OTHERS.stream().anyMatch(name::startsWith)) {
            return Optional.empty();
        }
        String bare = ofClient(name);
        String client = name.substring(0, name.length() - bare.length());
        return Optional.of(NearestName.of(bare, names(client))
                .map(nearest -> "do you mean kafka." + client + nearest + "?")
                .orElse("right if a plugin of yours reads it"));
    }

    private static Optional<ConfigKey> find(String name) {
        String bare = ofClient(name);
        return definitions(name.substring(0, name.length() - bare.length()))
                .map(ConfigDef::configKeys)
                .map((Map<String, ConfigKey> keys) -> Optional.ofNullable(keys.get(bare)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Stream<ConfigDef> definitions(String client) {
        if (client.isEmpty()) {
            return Stream.of(STREAMS, CONSUMER, PRODUCER, ADMIN);
        }
        return Stream.of(CONSUMERS.contains(client) ? CONSUMER : client.equals("producer.") ? PRODUCER : ADMIN);
    }

    private static Set<String> names(String client) {
        Set<String> names = new TreeSet<>();
        definitions(client).forEach(definition -> names.addAll(definition.names()));
        return names;
    }

    private static String description(ConfigKey key) {
        String type =
                switch (key.type) {
                    case BOOLEAN -> "true or false";
                    case SHORT, INT, LONG -> "a whole number";
                    case DOUBLE -> "a number";
                    case CLASS -> "a class on the class path";
                    case LIST -> "a list with commas between";
                    case STRING, PASSWORD -> "text";
                };
        return key.validator == null || key.type == ConfigDef.Type.CLASS ? type : type + ": " + key.validator;
    }
}
