package io.replaylinker.local;

import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.local.dump.DumpReader;
import io.replaylinker.local.dump.TimeOrder;
import io.replaylinker.runtime.cli.CommandFailedException;
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

/** Publishes the records of dumps to their original topics, each with its original timestamp. */
final class DumpLoader {

    static final String EVENTS = "events";
    static final String TRANSACTIONS = "transactions";
    static final String OCCURRENCES = "generic-events";
    static final String SPANS = "ingest-spans";
    static final String REPLAYS = "ingest-replay-events";

    static final List<String> TOPICS = List.of(EVENTS, TRANSACTIONS, OCCURRENCES, SPANS, REPLAYS);

    /** The limit of a self-hosted Sentry. */
    private static final String MAX_RECORD_BYTES = "50000000";

    private final EmbeddedKafka kafka;
    private final DumpLoad load = new DumpLoad();
    private long lastMs = System.currentTimeMillis();
    private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

    DumpLoader(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    /** Makes the topics; one partition each, as a self-hosted Sentry has them, keeps the order of the records. */
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
     * Loads the dumps in the order of the timestamps and returns when the broker has acknowledged all of them. A dump holds one topic, or
     * one partition, after the other, and its lines may have any order.
     *
     * @throws CommandFailedException if a dump cannot be read to its end
     */
    DumpLoad load(List<DumpSource> dumps) {
        try (TemporaryFolder folder = TemporaryFolder.create("dump");
                Producer<byte[], byte[]> producer = producer()) {
            TimeOrder order = new TimeOrder(folder.path());
            dumps.forEach(dump -> read(dump, order));
            order.forEach(record -> send(record, producer));
            producer.flush();
        } catch (IOException e) {
            throw noRoom(e);
        }
        Exception refusal = refused.get();
        if (refusal != null) {
            throw new CommandFailedException("the embedded Kafka refused a record: " + refusal.getMessage(), refusal);
        }
        return load;
    }

    private void read(DumpSource dump, TimeOrder order) {
        try (InputStream input = dump.open()) {
            new DumpReader(dump.name(), input).read(record -> take(record, order), load::problem);
        } catch (IOException e) {
            throw new CommandFailedException(dump.name() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void take(ProducerRecord<byte[], byte[]> record, TimeOrder order) {
        if (!TOPICS.contains(record.topic())) {
            load.ignored(record.topic());
            return;
        }
        ProducerRecord<byte[], byte[]> timed = timed(record);
        load.loaded(timed.topic(), timed.timestamp());
        try {
            order.add(timed);
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    /** A record without a timestamp gets that of the one before it in the dump, as it would from a worker. */
    private ProducerRecord<byte[], byte[]> timed(ProducerRecord<byte[], byte[]> record) {
        if (record.timestamp() != null) {
            lastMs = record.timestamp();
            return record;
        }
        return new ProducerRecord<>(record.topic(), null, lastMs, record.key(), record.value(), record.headers());
    }

    private static CommandFailedException noRoom(IOException cause) {
        return new CommandFailedException(
                "the dump cannot be sorted in " + System.getProperty("java.io.tmpdir") + ": " + cause.getMessage()
                        + "; it takes the size of the dump there, or in REPLAY_LINKER_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                cause);
    }

    private void send(ProducerRecord<byte[], byte[]> record, Producer<byte[], byte[]> producer) {
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
