package io.replaylinker.runtime.wiring;

import io.replaylinker.runtime.settings.PassThrough;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.topology.ReplayLinkTopology;
import io.replaylinker.topology.ShuffleSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The topics between the steps of the join, which are its state too. The worker creates them, because Kafka Streams creates only internal
 * topics without state. It also trims them, because only the worker knows its progress.
 */
public final class ShuffleTopics {

    /** The most that stays of a trimmed partition on the brokers' disks. */
    private static final String SEGMENT_BYTES = Integer.toString(64 << 20);

    private static final String CLEANUP = "cleanup.policy";
    private static final String RETENTION = "retention.ms";
    private static final String RETENTION_BYTES = "retention.bytes";
    private static final String TIMESTAMPS = "message.timestamp.type";
    private static final String FOREVER = "-1";

    private final Settings settings;

    public ShuffleTopics(Settings settings) {
        this.settings = settings;
    }

    /** Settings of these topics for the topology. */
    public ShuffleSettings settings() {
        return new ShuffleSettings(
                settings.get(WorkerSettings.APPLICATION_ID),
                settings.get(WorkerSettings.SHUFFLE_PARTITIONS),
                settings.get(WorkerSettings.STATE_MEMORY).bytes());
    }

    /** All of them, as they are created. */
    public List<NewTopic> topics() {
        ShuffleSettings shuffle = settings();
        List<NewTopic> topics = new ArrayList<>();
        shuffle.blocks()
                .forEach(name -> topics.add(new NewTopic(name, Optional.of(shuffle.partitions()), replication())
                        .configs(Map.of(
                                CLEANUP,
                                "delete",
                                RETENTION,
                                FOREVER,
                                RETENTION_BYTES,
                                FOREVER,
                                "segment.bytes",
                                SEGMENT_BYTES,
                                TIMESTAMPS,
                                "CreateTime"))));
        topics.add(new NewTopic(shuffle.organizations(), Optional.of(1), replication())
                .configs(Map.of(CLEANUP, "compact", TIMESTAMPS, "CreateTime")));
        return topics;
    }

    /** How far back a start reads them again, see {@link ReplayLinkTopology#window}. */
    public Duration window() {
        return ReplayLinkTopology.window(settings.get(WorkerSettings.WAIT), settings.get(WorkerSettings.MEMORY));
    }

    /** How long blocks are kept behind the join's watermark. */
    public Duration retention() {
        Duration set = settings.get(WorkerSettings.SHUFFLE_RETENTION);
        Duration needed = window();
        Duration spare = needed.dividedBy(2);
        return settings.isDefault(WorkerSettings.SHUFFLE_RETENTION) && set.compareTo(needed.plus(spare)) < 0
                ? needed.plus(spare)
                : set;
    }

    /**
     * Checks an existing topic; empty when it is as it should be.
     *
     * @param wanted as it is created
     * @param partitions that it has
     * @param config of it by name, as far as the worker's user may read it
     */
    public Optional<Mistake> mistake(NewTopic wanted, int partitions, Map<String, String> config) {
        if (partitions != wanted.numPartitions()) {
            return Optional.of(partitions(wanted, partitions));
        }
        Map<String, String> expected = wanted.configs();
        for (String name : List.of(CLEANUP, TIMESTAMPS)) {
            String found = config.get(name);
            String needed = expected.get(name);
            if (found != null && !found.equals(needed)) {
                return Optional.of(new Mistake(
                        "the topic %s has %s=%s, although it is state of the join"
                                .formatted(wanted.name(), name, found),
                        "Set its %s=%s.".formatted(name, needed)));
            }
        }
        for (String name : List.of(RETENTION, RETENTION_BYTES)) {
            String kept = config.getOrDefault(name, FOREVER);
            if (expected.containsKey(name) && Long.parseLong(kept) >= 0) {
                return Optional.of(new Mistake(
                        "the topic %s loses unread records by %s=%s, although it is state of the join"
                                .formatted(wanted.name(), name, kept),
                        "Set its %s=-1; the worker deletes what it needs no longer (shuffle.retention)."
                                .formatted(name)));
            }
        }
        return Optional.empty();
    }

    private Mistake partitions(NewTopic wanted, int partitions) {
        return wanted.name().equals(settings().organizations())
                ? new Mistake(
                        "the topic %s has %d partitions and may have one".formatted(wanted.name(), partitions),
                        "Drop the state, and with it this topic: replay-linker reset --yes.")
                : new Mistake(
                        "shuffle.partitions is %d, but the topic %s has %d partitions, and the state is divided as it is"
                                .formatted(wanted.numPartitions(), wanted.name(), partitions),
                        "Set shuffle.partitions=%d; or set another application.id, which starts without state and reads the sources from their beginning."
                                .formatted(partitions));
    }

    /**
     * A mistake in a topic.
     *
     * @param found what is wrong
     * @param remedy a sentence
     */
    public record Mistake(String found, String remedy) {}

    /** As configured for Kafka Streams' own topics, or else as for the output topics. */
    private Optional<Short> replication() {
        String ofStreams = settings.withoutPrefix(PassThrough.KAFKA).get(StreamsConfig.REPLICATION_FACTOR_CONFIG);
        short replicas = ofStreams == null
                ? settings.get(WorkerSettings.TOPIC_REPLICATION).shortValue()
                : Short.parseShort(ofStreams.strip());
        return Optional.of(replicas).filter(number -> number > 0);
    }
}
