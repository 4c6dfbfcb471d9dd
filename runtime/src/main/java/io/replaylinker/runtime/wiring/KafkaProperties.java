package io.replaylinker.runtime.wiring;

import io.replaylinker.runtime.settings.PassThrough;
import io.replaylinker.runtime.settings.ProcessingGuarantee;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.WorkerSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Configuration of Kafka's clients: the worker's defaults, over them what the user set under {@code kafka.}, over that the values that are
 * required.
 */
public final class KafkaProperties {

    private static final List<String> OF_SOME_CLIENT = List.of(
            "consumer.", "main.consumer.", "restore.consumer.", "global.consumer.", "producer.", "admin.", "topic.");

    /** Names that only Streams knows; a plain client would warn of them. */
    private static final Set<String> OF_STREAMS = namesOfStreamsAlone();

    /**
     * Records may have 50 MB at a self-hosted Sentry and buffers count records, so buffers are short. The output is thousands of compact
     * records: large batches, and a compression that costs little.
     */
    private static final Map<String, Object> CHOICES = Map.of(
            StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG,
            100,
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
            2_000,
            StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
            0,
            StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
            100,
            StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
            4 << 20,
            StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG),
            25 << 20,
            StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
            "lz4",
            StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG),
            128 << 10);

    private final Map<String, String> given;
    private final String applicationId;
    private final int threads;
    private final boolean exactlyOnce;

    public KafkaProperties(Settings settings) {
        given = settings.withoutPrefix(PassThrough.KAFKA);
        applicationId = settings.get(WorkerSettings.APPLICATION_ID);
        threads = settings.get(WorkerSettings.THREADS);
        exactlyOnce = settings.get(WorkerSettings.PROCESSING_GUARANTEE) == ProcessingGuarantee.EXACTLY_ONCE_V2;
    }

    /** The group of the join; the names of the installation's other groups and of its internal topics begin with it. */
    public String applicationId() {
        return applicationId;
    }

    /** Whether the join writes in transactions. */
    public boolean isExactlyOnce() {
        return exactlyOnce;
    }

    /** The addresses of the brokers, for messages; a question mark where none are set. */
    public String bootstrapServers() {
        return given.getOrDefault("bootstrap.servers", "?");
    }

    /** For Kafka Streams. */
    public Map<String, Object> streams() {
        Map<String, Object> properties = new HashMap<>(CHOICES);
        properties.putAll(given);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                exactlyOnce ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return properties;
    }

    /** The worker's defaults that the user has not replaced, by the names under which the user would set them. */
    public Map<String, String> choices() {
        Map<String, String> choices = new TreeMap<>();
        CHOICES.forEach((name, value) -> {
            if (!given.containsKey(name)) {
                choices.put(PassThrough.KAFKA.named(name), value.toString());
            }
        });
        return choices;
    }

    /** The longest time between two polls of a consumer before Kafka reassigns its partitions. */
    public Duration maxPollInterval() {
        String name = ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG;
        String longest = Stream.of("main.consumer." + name, "consumer." + name, name)
                .map(given::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(String.valueOf(
                        ConsumerConfig.configDef().defaultValues().get(name)));
        return Duration.ofMillis(Long.parseLong(longest.strip()));
    }

    /** For a consumer of its own group. */
    public Map<String, Object> consumer(String group) {
        Map<String, Object> properties = client("consumer.");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        return properties;
    }

    /** For a producer beside Streams. */
    public Map<String, Object> producer() {
        return client("producer.");
    }

    /** For the admin client. */
    public Map<String, Object> admin() {
        return client("admin.");
    }

    /** Streams' prefixes hold for the other clients too, so that a user sets each value once. */
    private Map<String, Object> client(String prefix) {
        Map<String, Object> properties = new HashMap<>();
        given.forEach((name, value) -> {
            if (OF_SOME_CLIENT.stream().noneMatch(name::startsWith) && !OF_STREAMS.contains(name)) {
                properties.put(name, value);
            }
        });
        given.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                properties.put(name.substring(prefix.length()), value);
            }
        });
        return properties;
    }

    private static Set<String> namesOfStreamsAlone() {
        Set<String> names = new HashSet<>(StreamsConfig.configDef().names());
        names.removeAll(ConsumerConfig.configNames());
        names.removeAll(AdminClientConfig.configNames());
        return names;
    }
}
