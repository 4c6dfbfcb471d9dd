package io.replaylinker.runtime.wiring;

import io.replaylinker.runtime.cli.CommandFailedException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes records for a command in batches. A flush fails unless all of them are acknowledged. */
public final class CheckedProducer implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /**
     * Connects with the first record.
     *
     * @param given Kafka's own settings of a producer
     * @param client id by which the brokers know it
     */
    public CheckedProducer(Map<String, Object> given, String client) {
        Map<String, Object> properties = new HashMap<>(given);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, client);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Sends a record.
     *
     * @param written receives its offset, in a thread of the producer's
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback receives a failure, and flush() throws it
    public void send(ProducerRecord<byte[], byte[]> record, Consumer<RecordMetadata> written) {
        producer.send(record, (sent, error) -> {
            if (error == null) {
                written.accept(sent);
            } else {
                failure.compareAndSet(null, error);
            }
        });
    }

    /**
     * Waits until all records are acknowledged.
     *
     * @param what was sent, as the beginning of a sentence: "Kafka did not accept the rows"
     * @param hint after the reason, or empty
     * @throws CommandFailedException if Kafka did not accept them
     */
    public void flush(String what, String hint) {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new CommandFailedException(what + ": " + failed.getMessage() + hint, failed);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
