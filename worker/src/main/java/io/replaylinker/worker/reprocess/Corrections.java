package io.replaylinker.worker.reprocess;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.worker.cli.CommandFailedException;
import io.replaylinker.worker.settings.Setting;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.WorkerSettings;
import io.replaylinker.worker.wiring.KafkaProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Says what is to be changed where the worker says it: on the topics of links, of events without one and of replays' lives. So everybody
 * who reads them hears of it, and the worker's own sinks carry it into the tables.
 */
final class Corrections implements AutoCloseable {

    private final Settings settings;
    private final Producer<byte[], byte[]> producer;
    private final Serializer<Link> links;
    private final Serializer<Unlinked> unlinked;
    private final Serializer<ReplayLife> lives;
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** @param said the ends of what an earlier life of the run has said */
    Corrections(Settings settings, ValueSerdes serdes, String client, Map<TopicPartition, Long> said) {
        this.settings = settings;
        ends.putAll(said);
        Map<String, Object> properties = new HashMap<>(new KafkaProperties(settings).producer());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, client);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        links = serdes.serializer(Link.class);
        unlinked = serdes.serializer(Unlinked.class);
        lives = serdes.serializer(ReplayLife.class);
    }

    void say(Change change) {
        for (Link link : change.links()) {
            send(WorkerSettings.LINKS_TOPIC, link.getReplayId(), links, link);
        }
        Unlinked none = change.unlinked();
        if (none != null) {
            send(WorkerSettings.UNLINKED_TOPIC, none.getEvent().getEventId(), unlinked, none);
        }
    }

    void say(ReplayLife life) {
        send(WorkerSettings.LIVES_TOPIC, life.getReplayId(), lives, life);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of a failure, and flush() tells it
    private <T> void send(Setting<String> setting, Id key, Serializer<T> serializer, T value) {
        String topic = settings.get(setting);
        producer.send(new ProducerRecord<>(topic, key.bytes(), serializer.serialize(topic, value)), (sent, error) -> {
            if (error == null) {
                ends.merge(new TopicPartition(sent.topic(), sent.partition()), sent.offset() + 1, Math::max);
            } else {
                failure.compareAndSet(null, error);
            }
        });
    }

    /**
     * Waits until all of it is safe.
     *
     * @throws CommandFailedException if Kafka did not take it
     */
    void flush() {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new CommandFailedException(
                    "Kafka did not take what was to be corrected: " + failed.getMessage(), failed);
        }
    }

    /** By partition, the offset behind the last thing that was said there. */
    Map<TopicPartition, Long> ends() {
        return Map.copyOf(ends);
    }

    /** The same of one topic. */
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
