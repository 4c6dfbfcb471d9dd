package io.replaylinker.benchmarks.join;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the source topics once with one consumer and drops what it reads. */
final class ConsumeTrial {

    private static final Duration POLL = Duration.ofMillis(100);

    private ConsumeTrial() {}

    static void run(TrialPlan plan, ProcessUse use, Measurements measurements) throws IOException {
        Progress progress = new Progress(use);
        long records = 0;
        long bytes = 0;
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties(plan))) {
            List<TopicPartition> partitions = plan.sources().all().stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (records < plan.records()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    records++;
                    bytes += record.value().length;
                }
                progress.note(records);
            }
        }
        progress.putTimes(measurements);
        measurements.put(Measurements.RECORDS, records);
        measurements.put(Measurements.BYTES, bytes);
        use.putMemory(measurements);
    }

    /** The sizes of fetches are those of the worker. */
    private static Map<String, Object> properties(TrialPlan plan) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                plan.bootstrapServers(),
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                4 << 20,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                25 << 20);
    }
}
