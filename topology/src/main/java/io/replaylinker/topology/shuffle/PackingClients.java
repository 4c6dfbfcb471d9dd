package io.replaylinker.topology.shuffle;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/** The clients of Kafka Streams: the usual ones, with producers that pack the records of the shuffle topics. */
public final class PackingClients implements KafkaClientSupplier {

    /** Kafka Streams names the producer of a stream thread after the thread. */
    private static final String PRODUCER = "-producer";

    private final Predicate<String> isPacked;
    private final @Nullable Window window;

    /** Of each stream thread the producer that was made last, by the thread's name. */
    private final Map<String, PackingProducer> producers = new ConcurrentHashMap<>();

    /**
     * Clients for an application whose blocks are read once.
     *
     * @param isPacked whether the topic of this name contains blocks
     */
    public PackingClients(Predicate<String> isPacked) {
        this.isPacked = isPacked;
        this.window = null;
    }

    /**
     * Clients for an application whose state is derived from its blocks.
     *
     * @param isPacked whether the topic of this name contains blocks
     * @param group of the application's consumers
     * @param length how long an entry counts, from the later of its own time and the progress of its reader
     * @param progress of the readers, as they note it in their topics
     */
    public PackingClients(Predicate<String> isPacked, String group, Duration length, Progress progress) {
        this.isPacked = isPacked;
        this.window = new Window(isPacked, group, length, progress);
    }

    /** The offset from which the state of a partition was restored last; empty for one that began without state. */
    public OptionalLong restoredFrom(TopicPartition partition) {
        return window == null ? OptionalLong.empty() : window.start(partition);
    }

    /** The producer of the thread that calls; null in one that has none, such as that of a test driver. */
    @Nullable PackingProducer producerOfThisThread() {
        return producers.get(Thread.currentThread().getName());
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        PackingProducer producer = new PackingProducer(config, isPacked);
        String client = String.valueOf(config.get(ProducerConfig.CLIENT_ID_CONFIG));
        if (client.endsWith(PRODUCER)) {
            producers.put(client.substring(0, client.length() - PRODUCER.length()), producer);
        }
        return producer;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return window == null ? getConsumer(config) : new WindowConsumer(config, window);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getConsumer(config);
    }
}
