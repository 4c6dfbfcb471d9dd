package io.replaylinker.tools.reprocess;

import io.replaylinker.runtime.wiring.CheckedProducer;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.topology.OutputTopics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Publishes corrections where the worker publishes its output: to the topics of links, of unlinked events and of replay states. So every
 * consumer of these topics receives them, and the worker's own sinks write them to the tables.
 */
final class Corrections implements AutoCloseable {

    private final OutputTopics topics;
    private final CheckedProducer producer;
    private final Serializer<Link> links;
    private final Serializer<Unlinked> unlinked;
    private final Serializer<ReplayState> states;
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();

    /** @param producer closed with this */
    Corrections(OutputTopics topics, ValueSerdes serdes, CheckedProducer producer) {
        this.topics = topics;
        this.producer = producer;
        links = serdes.serializer(Link.class);
        unlinked = serdes.serializer(Unlinked.class);
        states = serdes.serializer(ReplayState.class);
    }

    void publish(Change change) {
        for (Link link : change.links()) {
            send(topics.links(), link.getReplayId(), links, link);
        }
        Unlinked none = change.unlinked();
        if (none != null) {
            send(topics.unlinked(), none.getEvent().getEventId(), unlinked, none);
        }
    }

    void publish(ReplayState replayState) {
        send(topics.states(), replayState.getReplayId(), states, replayState);
    }

    private <T> void send(String topic, Id key, Serializer<T> serializer, T value) {
        producer.send(
                new ProducerRecord<>(topic, key.bytes(), serializer.serialize(topic, value)),
                sent -> ends.merge(new TopicPartition(sent.topic(), sent.partition()), sent.offset() + 1, Math::max));
    }

    /**
     * Waits until all corrections are acknowledged.
     *
     * @throws io.replaylinker.runtime.cli.CommandFailedException if Kafka did not accept them
     */
    void flush() {
        producer.flush("Kafka did not accept the corrections", "");
    }

    /** By partition of the topic, the offset after the last record that was published there. */
    Map<TopicPartition, Long> ends(String topic) {
        Map<TopicPartition, Long> ofTopic = new HashMap<>(ends);
        ofTopic.keySet().removeIf(partition -> !partition.topic().equals(topic));
        return ofTopic;
    }

    @Override
    public void close() {
        producer.close();
    }
}
