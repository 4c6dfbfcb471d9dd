package io.replaylinker.topology.shuffle;

import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Adds the entries of one task to the open blocks of its thread without passing them through Kafka Streams, which takes several
 * microseconds for each record that it sends. After each commit the first entry has to go through Streams: Streams begins the transaction
 * with it, and hands over the callback by which a block that is not sent fails the task. The entries after it share that callback. Not
 * thread-safe.
 */
public final class BlockSender {

    private final PackingClients clients;
    private final TopicPartition[] partitions;
    private @Nullable PackingProducer producer;
    private @Nullable Callback callback;
    private long commits;

    /**
     * A sender whose next entry has to go through Streams.
     *
     * @param partitions number of partitions of the topic
     */
    public BlockSender(PackingClients clients, String topic, int partitions) {
        this.clients = clients;
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toArray(TopicPartition[]::new);
    }

    /** Whether {@link #send} may be called, in the thread of the task. */
    public boolean isOpen() {
        return producer != null && producer == clients.producerOfThisThread() && producer.commits() == commits;
    }

    /**
     * Adds an entry to the block of its key's partition.
     *
     * @param entry a block of one
     * @param timestampMs epoch milliseconds
     */
    public void send(byte[] key, byte[] entry, long timestampMs) {
        if (producer == null) {
            throw new IllegalStateException("the first entry after a commit goes through Kafka Streams");
        }
        producer.pack(partitions[partition(key, partitions.length)], entry, timestampMs, callback);
    }

    /** To be called after an entry of the same task for the same topic went through Streams. */
    public void sentByStreams() {
        producer = clients.producerOfThisThread();
        if (producer != null) {
            callback = producer.lastCallback();
            commits = producer.commits();
        }
    }

    /** The partition of a key, as Kafka's own producer would choose it. */
    public static int partition(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
