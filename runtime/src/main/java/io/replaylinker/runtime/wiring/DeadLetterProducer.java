package io.replaylinker.runtime.wiring;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.sinks.DeadLetterOutput;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes dead letters of the rows that the sink sets aside, one at a time. The producer is created with the first one, because most
 * sinks write none. It is never closed, because nothing is in it once a dead letter has been acknowledged.
 */
final class DeadLetterProducer implements DeadLetterOutput {

    private final Map<String, Object> properties;
    private final Serializer<DeadLetter> serializer;
    private final String topic;
    private @Nullable Producer<byte[], DeadLetter> producer;

    DeadLetterProducer(Map<String, Object> properties, Serializer<DeadLetter> serializer, String topic) {
        this.properties = properties;
        this.serializer = serializer;
        this.topic = topic;
    }

    @Override
    public synchronized void write(DeadLetter deadLetter) {
        try {
            open().send(new ProducerRecord<>(topic, deadLetter)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(e);
        } catch (ExecutionException | RuntimeException e) {
            throw failure(e);
        }
    }

    private Producer<byte[], DeadLetter> open() {
        Producer<byte[], DeadLetter> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(properties, new ByteArraySerializer(), serializer);
            producer = open;
        }
        return open;
    }

    private StorageException failure(Exception cause) {
        return new StorageException(
                ErrorClass.RETRYABLE, "a dead letter cannot be written to " + topic + ": " + cause.getMessage(), cause);
    }

    /** A dead letter must be durable before its row is skipped. */
    static Map<String, Object> safest(Map<String, Object> properties) {
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        return properties;
    }
}
