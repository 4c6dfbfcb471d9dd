package io.replaylinker.tools.reprocess;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Brings messages to their topics. */
final class SourceRecords implements AutoCloseable {

    private final Producer<String, String> producer;

    private SourceRecords(Map<String, Object> properties) {
        producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    /** One by one, and returns when the broker has them all. */
    static void produce(String brokers, List<Visits.Message> messages) throws ExecutionException, InterruptedException {
        try (SourceRecords records = new SourceRecords(Map.of("bootstrap.servers", brokers))) {
            records.send(messages);
        }
    }

    /** In transactions. */
    static SourceRecords transactional(String brokers) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", brokers);
        properties.put("transactional.id", "visits");
        SourceRecords records = new SourceRecords(properties);
        records.producer.initTransactions();
        return records;
    }

    /** One transaction, which comes to its end or is aborted. */
    void transaction(List<Visits.Message> messages, boolean commit) throws ExecutionException, InterruptedException {
        producer.beginTransaction();
        send(messages);
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    private void send(List<Visits.Message> messages) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = messages.stream()
                .map(message -> producer.send(new ProducerRecord<>(
                        message.topic(), message.partition(), message.timestampMs(), null, message.value())))
                .toList();
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
