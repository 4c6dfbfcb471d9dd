package io.replaylinker.local;

import io.replaylinker.local.dump.DumpReader;
import io.replaylinker.testkit.EmbeddedKafka;
import io.replaylinker.worker.cli.CommandFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Puts dumps back onto the topics that they came from, each record with the timestamp it had. */
final class DumpLoader {

    static final String EVENTS = "events";
    static final String TRANSACTIONS = "transactions";
    static final String REPLAYS = "ingest-replay-events";

    private static final List<String> TOPICS = List.of(EVENTS, TRANSACTIONS, REPLAYS);

    /** As large as a self-hosted Sentry allows. */
    private static final String MAX_RECORD_BYTES = "50000000";

    private final EmbeddedKafka kafka;
    private final DumpLoad load = new DumpLoad();
    private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

    DumpLoader(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    /** Makes the topics; one partition each, as a self-hosted Sentry has them, keeps the order of the dump. */
    void createTopics() {
        Map<String, String> asStamped = Map.of(
                "message.timestamp.type",
                "CreateTime",
                "message.timestamp.after.max.ms",
                Long.toString(Long.MAX_VALUE),
                "retention.ms",
                "-1",
                "max.message.bytes",
                MAX_RECORD_BYTES);
        TOPICS.forEach(topic -> kafka.createTopic(topic, 1, asStamped));
    }

    /**
     * Loads the dumps one after the other and returns when the broker has all of them.
     *
     * @throws CommandFailedException if a dump cannot be read to its end
     */
    DumpLoad load(List<DumpSource> dumps) {
        try (Producer<byte[], byte[]> producer = producer()) {
            for (DumpSource dump : dumps) {
                try (InputStream input = dump.open()) {
                    new DumpReader(dump.name(), input).read(record -> load(record, producer), load::problem);
                } catch (IOException e) {
                    throw new CommandFailedException(dump.name() + " cannot be read: " + e.getMessage(), e);
                }
            }
            producer.flush();
        }
        Exception refusal = refused.get();
        if (refusal != null) {
            throw new CommandFailedException("the embedded Kafka refused a record: " + refusal.getMessage(), refusal);
        }
        return load;
    }

    private void load(ProducerRecord<byte[], byte[]> record, Producer<byte[], byte[]> producer) {
        if (!TOPICS.contains(record.topic())) {
            load.ignored(record.topic());
            return;
        }
        if (!record.topic().equals(REPLAYS)) {
            load.events().note(record);
        }
        load.loaded(record.topic(), record.timestamp());
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                refused.compareAndSet(null, failure);
            }
        });
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "max.request.size",
                MAX_RECORD_BYTES,
                "buffer.memory",
                "134217728",
                "linger.ms",
                "5");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
