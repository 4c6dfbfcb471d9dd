package io.replaylinker.runtime.wiring;

import io.replaylinker.runtime.cli.CommandFailedException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key of the hashes by which users are compared. All workers of an installation need the same key. Without one in the settings, it is
 * random, created once and kept on a topic of its own. The first record of the topic counts: workers that start together all write one, and
 * all read the same. The key is never logged.
 */
public final class UserKey {

    private static final Logger LOG = LoggerFactory.getLogger(UserKey.class);
    private static final String SUFFIX = "-user-key";
    private static final int BYTES = 32;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final KafkaProperties kafka;
    private final @Nullable String given;

    /** @param given by the user; null where it is kept in Kafka */
    UserKey(KafkaProperties kafka, @Nullable String given) {
        this.kafka = kafka;
        this.given = given;
    }

    /** Where it is kept; empty when the settings give it. */
    public Optional<String> topic() {
        return given == null ? Optional.of(name()) : Optional.empty();
    }

    /** A new one, of {@value #BYTES} random bytes. */
    public static byte[] random() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /**
     * The key; created and stored if there is none yet.
     *
     * @throws CommandFailedException if the topic cannot be read or written, or its first record is not a key
     */
    public byte[] get() {
        return given == null ? kept() : given.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] kept() {
        try (Consumer<byte[], byte[]> consumer = SourceConsumer.of(kafka, name())) {
            TopicPartition partition = new TopicPartition(name(), 0);
            consumer.assign(List.of(partition));
            byte[] first = first(consumer, partition);
            if (first == null) {
                write();
                first = first(consumer, partition);
            }
            if (first == null) {
                throw new CommandFailedException("the topic " + name() + " does not return what was written to it");
            }
            return first;
        } catch (KafkaException e) {
            throw new CommandFailedException(
                    "the key of user hashes cannot be read from the topic " + name() + ": " + e.getMessage(), e);
        }
    }

    /** Null when there is no record. */
    private byte @Nullable [] first(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        consumer.seekToBeginning(List.of(partition));
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (consumer.position(partition) < end && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return key(record.value());
            }
        }
        return null;
    }

    private byte[] key(byte @Nullable [] value) {
        if (value == null || value.length != BYTES) {
            throw new CommandFailedException("the first record of the topic " + name() + " is no key of " + BYTES
                    + " bytes; delete the topic, and restart all workers");
        }
        return value;
    }

    private void write() {
        try (CheckedProducer producer = new CheckedProducer(kafka.producer(), name())) {
            producer.send(new ProducerRecord<>(name(), 0, null, random()), written -> {});
            producer.flush("Kafka did not accept the key of user hashes", "");
        }
        LOG.info("Created a key of user hashes in the topic {}", name());
    }

    private String name() {
        return kafka.applicationId() + SUFFIX;
    }
}
