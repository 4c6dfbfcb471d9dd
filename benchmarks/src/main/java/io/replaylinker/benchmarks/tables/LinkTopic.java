package io.replaylinker.benchmarks.tables;

import io.replaylinker.benchmarks.workload.EventKind;
import io.replaylinker.benchmarks.workload.EvidenceReading;
import io.replaylinker.benchmarks.workload.Occurrence;
import io.replaylinker.benchmarks.workload.Shape;
import io.replaylinker.benchmarks.workload.SourceSchemas;
import io.replaylinker.benchmarks.workload.Workload;
import io.replaylinker.benchmarks.workload.WorkloadRecords;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.topology.claim.ClaimReader;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes links as the join would: those of the workload's events that carry an id, moved to the present so that no table lets them expire. */
final class LinkTopic implements AutoCloseable {

    /** As many as the worker makes. */
    static final int PARTITIONS = 4;

    private static final int RETENTION_DAYS = 90;
    private static final double EVENTS_PER_LINK = 50.0 / 15;

    private final String topic;
    private final Serializer<Link> serializer = SourceSchemas.serdes().serializer(Link.class);
    private final Producer<byte[], byte[]> producer;
    private final Iterator<Link> links;

    /**
     * Prepares so many links at least.
     *
     * @param topic exists
     */
    LinkTopic(String bootstrapServers, String topic, long seed, int links) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 << 10));
        this.links = links(seed, links);
    }

    private static Iterator<Link> links(long seed, int atLeast) {
        Workload workload = Workload.ofEvents(seed, Shape.EVEN, (int) (atLeast * EVENTS_PER_LINK) + 1_000);
        WorkloadRecords records = new WorkloadRecords(workload);
        ClaimReader claims = EvidenceReading.claims();
        return workload.occurrences()
                .filter(at -> at.kind() == EventKind.EXPLICIT)
                .map((Occurrence at) -> claims.read(records.event(at), Long.MAX_VALUE))
                .filter(Objects::nonNull)
                .map(LinkTopic::link)
                .iterator();
    }

    private static Link link(Claim claim) {
        EventSummary event = claim.getEvent();
        long nowMs = System.currentTimeMillis();
        event.setReceivedMs(nowMs);
        event.setTimestampMs(nowMs - 100);
        return Link.newBuilder()
                .setEvent(event)
                .setReplayId(claim.getReplayId())
                .setReplayProjectId(11)
                .setReplayStartedMs(nowMs - 30_000)
                .setRetentionDays(RETENTION_DAYS)
                .setMethod(claim.getMethod())
                .setConfidence(claim.getConfidence())
                .setInSession(true)
                .setConfirmed(true)
                .setLinkedAtMs(nowMs)
                .setVersion(nowMs)
                .build();
    }

    /** Sends the next link, keyed by its replay as the join's output is. */
    Link send() {
        Link link = links.next();
        @SuppressWarnings("unused") // flush tells
        Future<?> sent = producer.send(
                new ProducerRecord<>(topic, link.getReplayId().bytes(), serializer.serialize(topic, link)));
        return link;
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
