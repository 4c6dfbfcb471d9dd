package io.replaylinker.worker.letters;

import io.replaylinker.worker.cli.CommandFailedException;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.wiring.KafkaProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows to the end of the partitions that they came from, as they were but for the time. The tables take what is newest by its
 * version, whatever comes last, so a row that has been overtaken changes nothing.
 */
final class PutBack implements AutoCloseable {

    private final @Nullable Producer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private PutBack(@Nullable Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Writes nothing. */
    static PutBack nothing() {
        return new PutBack(null);
    }

    static PutBack into(Settings settings) {
        Map<String, Object> properties = new HashMap<>(new KafkaProperties(settings).producer());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, LettersCommand.CLIENT);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        return new PutBack(new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of a failure, and flush() tells it
    void accept(ConsumerRecord<byte[], byte[]> record) {
        if (producer != null) {
            producer.send(
                    new ProducerRecord<>(
                            record.topic(), record.partition(), record.key(), record.value(), record.headers()),
                    (sent, error) -> {
                        if (error != null) {
                            failure.compareAndSet(null, error);
                        }
                    });
        }
    }

    /**
     * Waits until all of it is safe.
     *
     * @throws CommandFailedException if Kafka did not take it
     */
    void flush() {
        if (producer != null) {
            producer.flush();
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new CommandFailedException(
                    "Kafka did not take the rows back: " + failed.getMessage()
                            + "; may this user write the topics of links, lives and unlinked events?",
                    failed);
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
