package io.replaylinker.tools.reprocess;

import io.replaylinker.runtime.settings.Setting;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.runtime.wiring.CheckedProducer;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.avro.ValueSerdes;
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

    private final Settings settings;
    private final CheckedProducer producer;
    private final Serializer<Link> links;
    private final Serializer<Unlinked> unlinked;
    private final Serializer<ReplayState> states;
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();

    Corrections(Settings settings, ValueSerdes serdes, String client) {
        this.settings = settings;
        producer = new CheckedProducer(settings, client);
        links = serdes.serializer(Link.class);
        unlinked = serdes.serializer(Unlinked.class);
        states = serdes.serializer(ReplayState.class);
    }

    void publish(Change change) {
        for (Link link : change.links()) {
            send(WorkerSettings.LINKS_TOPIC, link.getReplayId(), links, link);
        }
        Unlinked none = change.unlinked();
        if (none != null) {
            send(WorkerSettings.UNLINKED_TOPIC, none.getEvent().getEventId(), unlinked, none);
        }
    }

    void publish(ReplayState replayState) {
        send(WorkerSettings.STATES_TOPIC, replayState.getReplayId(), states, replayState);
    }

    private <T> void send(Setting<String> setting, Id key, Serializer<T> serializer, T value) {
        String topic = settings.get(setting);
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
    Map<TopicPartition, Long> ends(Setting<String> topic) {
        Map<TopicPartition, Long> ofTopic = new HashMap<>(ends);
        ofTopic.keySet().removeIf(partition -> !partition.topic().equals(settings.get(topic)));
        return ofTopic;
    }

    @Override
    public void close() {
        producer.close();
    }
}
