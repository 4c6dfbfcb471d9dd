package io.replaylinker.benchmarks.workload;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes a workload onto its topics before anything is measured. Each partition is in time order. */
public final class Prefill {

    private final Workload workload;
    private final SourceTopics topics;
    private final int partitions;
    private final Instant start;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Map<String, Long> written = new HashMap<>();
    private long bytes;

    public Prefill(Workload workload, SourceTopics topics, int partitions) {
        this(workload, topics, partitions, Workload.START);
    }

    /** With a workload that begins at another time. */
    public Prefill(Workload workload, SourceTopics topics, int partitions, Instant start) {
        this.start = start;
        this.workload = workload;
        this.topics = topics;
        this.partitions = partitions;
    }

    /** Writes everything and gives what was written. */
    public Written write(String bootstrapServers) {
        MessageWriter messages =
                topics.format() == Format.AVRO ? new AvroMessages(SourceSchemas.serdes()) : new JsonMessages();
        WorkloadRecords records = new WorkloadRecords(workload, start);
        Optional<SpanMessages> spans =
                topics.spans().map(topic -> new SpanMessages(workload.hash(), topics.spansPerCall()));
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(properties(bootstrapServers))) {
            workload.occurrences().forEach(at -> {
                BackendEvent event = records.event(at);
                if (spans.isPresent() && StreamedCalls.isStreamed(at, event)) {
                    sendSpans(producer, event, spans.get().write(at, event));
                } else {
                    sendEvent(producer, event, messages);
                }
            });
            workload.segmentOccurrences().forEach(at -> {
                ReplaySegment segment = records.segment(at);
                send(producer, topics.replays(), segment.getReceivedMs(), null, messages.segment(segment));
            });
            producer.flush();
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("the workload could not be written: " + failed.getMessage(), failed);
        }
        return new Written(written.values().stream().mapToLong(Long::longValue).sum(), bytes);
    }

    private void sendEvent(Producer<byte[], byte[]> producer, BackendEvent event, MessageWriter messages) {
        boolean error = event.getType().equals("error");
        byte[] key = error ? Long.toString(event.getProjectId()).getBytes(StandardCharsets.UTF_8) : null;
        String topic = error ? topics.events() : topics.transactions();
        send(producer, topic, event.getReceivedMs(), key, messages.event(event));
    }

    private void sendSpans(Producer<byte[], byte[]> producer, BackendEvent event, List<byte[]> spans) {
        String topic = topics.spans().orElseThrow();
        spans.forEach(span -> send(producer, topic, event.getReceivedMs(), null, span));
    }

    private void send(
            Producer<byte[], byte[]> producer, String topic, @Nullable Long atMs, byte @Nullable [] key, byte[] value) {
        long count = written.merge(topic, 1L, Long::sum);
        bytes += value.length;
        int partition = (int) (count % partitions);
        @SuppressWarnings("unused") // the callback tells
        Future<?> sent =
                producer.send(new ProducerRecord<>(topic, partition, atMs, key, value), (metadata, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                    }
                });
    }

    private static Map<String, Object> properties(String bootstrapServers) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.LINGER_MS_CONFIG,
                50,
                ProducerConfig.BATCH_SIZE_CONFIG,
                1 << 18,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                64L << 20);
    }

    /**
     * What lies on the topics.
     *
     * @param records of all topics together
     * @param bytes of their values
     */
    public record Written(long records, long bytes) {}
}
