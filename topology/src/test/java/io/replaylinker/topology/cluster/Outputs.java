package io.replaylinker.topology.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.OutputSerdes;
import io.replaylinker.topology.PlainAvro;
import io.replaylinker.topology.join.EmittedLinks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;

/** What stands on the output topics, from their beginning to their present end. */
final class Outputs {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Installation installation;
    private final String isolation;
    private final OutputSerdes serdes = PlainAvro.outputs();

    private Outputs(Installation installation, String isolation) {
        this.installation = installation;
        this.isolation = isolation;
    }

    static Outputs committed(Installation installation) {
        return new Outputs(installation, "read_committed");
    }

    /** With what aborted transactions have left, too. */
    static Outputs all(Installation installation) {
        return new Outputs(installation, "read_uncommitted");
    }

    /** Every word on links. */
    List<Link> links() {
        return read(installation.outputs().links(), serdes.links());
    }

    /** The links that hold: event to replay and what the link says of it. */
    Map<String, String> held() {
        EmittedLinks emitted = new EmittedLinks();
        links().forEach(emitted::add);
        return emitted.held();
    }

    /**
     * Asserts that all of these links are held and, beyond them, at most inferred ones: what contradicts an inferred link may
     * count only when an event's own wait has ended, and the link is held until then.
     */
    void assertHoldsBeforeWaitsEnd(Map<String, String> links, String description) {
        Map<String, String> held = held();
        assertThat(links).as("%s that are to be held", description).isNotEmpty();
        assertThat(held).as(description).containsAllEntriesOf(links);
        held.keySet().removeAll(links.keySet());
        assertThat(held.values())
                .as(description)
                .noneMatch(link -> link.contains(" by REPLAY_ID ") || link.contains(" by ERROR_ID "));
    }

    /** The last reason of each event that has no link. */
    Map<String, UnlinkedReason> unlinked() {
        Map<String, UnlinkedReason> last = new TreeMap<>();
        for (Unlinked verdict : read(installation.outputs().unlinked(), serdes.unlinked())) {
            last.put(EmittedLinks.key(verdict.getEvent()), verdict.getReason());
        }
        last.keySet().removeAll(held().keySet());
        return last;
    }

    private <T> List<T> read(String topic, Serde<T> serde) {
        Deserializer<T> values = serde.deserializer();
        List<T> read = new ArrayList<>();
        Map<String, Object> config =
                Map.of("bootstrap.servers", installation.bootstrapServers(), "isolation.level", isolation);
        try (Consumer<byte[], T> consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), values)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> read.add(record.value()));
            }
        }
        return read;
    }
}
