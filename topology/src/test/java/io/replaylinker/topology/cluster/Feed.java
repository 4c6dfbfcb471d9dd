package io.replaylinker.topology.cluster;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.topology.PlainAvro;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes events, spans and segments to the source topics, each to any partition, so that nothing but the shuffle brings them together. */
final class Feed implements AutoCloseable {

    private final Installation installation;
    private final int partitions;
    private final Random random;
    private final Producer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final Serializer<BackendEvent> events =
            PlainAvro.<BackendEvent>serde(BackendEvent.getClassSchema()).serializer();
    private final Serializer<Span> spans =
            PlainAvro.<Span>serde(Span.getClassSchema()).serializer();
    private final Serializer<ReplaySegment> segments =
            PlainAvro.<ReplaySegment>serde(ReplaySegment.getClassSchema()).serializer();

    Feed(Installation installation, int partitions, Random random) {
        this.installation = installation;
        this.partitions = partitions;
        this.random = random;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", installation.bootstrapServers(), "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends an event, a span or a segment, as received when it says. */
    void send(Object record) {
        if (record instanceof BackendEvent event) {
            send(installation.events(), event.getReceivedMs(), events.serialize("", event));
        } else if (record instanceof Span span) {
            send(installation.spans(), span.getReceivedMs(), spans.serialize("", span));
        } else if (record instanceof ReplaySegment segment) {
            send(installation.replays(), segment.getReceivedMs(), segments.serialize("", segment));
        } else {
            throw new IllegalArgumentException("neither an event nor a span nor a segment: " + record);
        }
    }

    private void send(String topic, long recordMs, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(topic, random.nextInt(partitions), recordMs, null, value)));
    }

    /**
     * Sends all of them evenly, so that what happens to the workers happens while they work.
     *
     * @param sent is counted up
     */
    void send(List<Object> records, Duration flow, AtomicInteger sent) {
        long between = flow.toNanos() / records.size();
        long startedAt = System.nanoTime();
        for (Object record : records) {
            send(record);
            long ahead = startedAt + between * sent.incrementAndGet() - System.nanoTime();
            LockSupport.parkNanos(Math.max(0, ahead));
        }
    }

    /** Returns when the broker has everything. */
    void flush() {
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a record was not taken", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        sent.clear();
    }

    @Override
    public void close() {
        flush();
        producer.close();
    }
}
