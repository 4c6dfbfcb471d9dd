package io.replaylinker.benchmarks.join;

import io.replaylinker.benchmarks.workload.SourceSchemas;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the links that a trial wrote: which events have the one that is expected, and how many were written for nothing. */
final class LinkCheck {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long DELETED = -1;

    private final Map<Id, Id> expected;
    private final Map<Id, Last> links = new HashMap<>();
    private final RecordDecoder<Link> decoder = SourceSchemas.serdes().decoder(Link.class);
    private long duplicates;
    private long revisions;

    private record Last(long version, Id replay) {}

    /**
     * Checks nothing yet.
     *
     * @param expected event to replay
     */
    LinkCheck(Map<Id, Id> expected) {
        this.expected = expected;
    }

    void read(String bootstrapServers, String topic) {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(this::take);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Decoded<Link> decoded = decoder.decode(record.topic(), record.headers(), record.value());
        if (!(decoded instanceof Decoded.Value<Link> value)) {
            throw new IllegalStateException("no link on " + record.topic() + ": " + decoded);
        }
        take(value.value());
    }

    void take(Link link) {
        Last last = new Last(link.getDeleted() ? DELETED : link.getVersion(), link.getReplayId());
        Last before = links.put(link.getEvent().getEventId(), last);
        if (before != null) {
            boolean same = !link.getDeleted() && before.version() == link.getVersion();
            duplicates += same ? 1 : 0;
            revisions += same ? 0 : 1;
        }
    }

    void put(Measurements measurements) {
        links.values().removeIf(last -> last.version() == DELETED);
        measurements.put(Measurements.LINKS, links.size());
        measurements.put(
                Measurements.LINKS_MISSING,
                expected.keySet().stream()
                        .filter(event -> !links.containsKey(event))
                        .count());
        measurements.put(
                Measurements.LINKS_WRONG,
                links.entrySet().stream()
                        .filter(link -> !link.getValue().replay().equals(expected.get(link.getKey())))
                        .count());
        measurements.put(Measurements.DUPLICATES, duplicates);
        measurements.put(Measurements.REVISIONS, revisions);
    }
}
