package io.replaylinker.tools.deadletter;

import io.replaylinker.runtime.wiring.CheckedProducer;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Re-emits rows to the end of their partitions, unchanged but for the time. The tables keep the newest version, whatever comes last, so a
 * row that has been superseded changes nothing.
 */
final class Republisher implements AutoCloseable {

    private final @Nullable CheckedProducer producer;

    private Republisher(@Nullable CheckedProducer producer) {
        this.producer = producer;
    }

    /** Writes nothing. */
    static Republisher nothing() {
        return new Republisher(null);
    }

    /** @param producer Kafka's own settings of a producer */
    static Republisher into(Map<String, Object> producer) {
        return new Republisher(new CheckedProducer(producer, DlqSubcommand.CLIENT));
    }

    void accept(ConsumerRecord<byte[], byte[]> record) {
        if (producer != null) {
            producer.send(
                    new ProducerRecord<>(
                            record.topic(), record.partition(), record.key(), record.value(), record.headers()),
                    written -> {});
        }
    }

    /**
     * Waits until all rows are acknowledged.
     *
     * @throws io.replaylinker.runtime.cli.CommandFailedException if Kafka did not accept them
     */
    void flush() {
        if (producer != null) {
            producer.flush(
                    "Kafka did not accept the rows",
                    "; may this user write to the topics of links, replay states and unlinked events?");
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
