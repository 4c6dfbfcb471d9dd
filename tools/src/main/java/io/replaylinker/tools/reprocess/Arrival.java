package io.replaylinker.tools.reprocess;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.StallTimeout;
import io.replaylinker.runtime.settings.Setting;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.runtime.wiring.ConsumerGroups;
import io.replaylinker.runtime.wiring.GroupOffsets;
import io.replaylinker.runtime.wiring.KafkaProperties;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Waits until the worker's sinks have written a run's corrections to the tables. */
final class Arrival implements AutoCloseable {

    /** The sinks to wait for, by the ends of their groups' names. */
    private static final Map<Setting<String>, String> SINKS = Map.of(
            WorkerSettings.LINKS_TOPIC, ConsumerGroups.LINKS,
            WorkerSettings.UNLINKED_TOPIC, ConsumerGroups.UNLINKED,
            WorkerSettings.STATES_TOPIC, ConsumerGroups.STATES);

    private final Settings settings;
    private final Admin admin;
    private final GroupOffsets committed;

    Arrival(Settings settings) {
        this.settings = settings;
        this.admin = Admin.create(new KafkaProperties(settings).admin());
        this.committed = new GroupOffsets(admin);
    }

    /**
     * Waits for as long as the sinks make progress.
     *
     * @throws CommandFailedException if they do not
     */
    void await(Corrections corrections, StallTimeout stallTimeout) throws InterruptedException {
        for (Map.Entry<Setting<String>, String> sink : SINKS.entrySet()) {
            Map<TopicPartition, Long> ends = corrections.ends(sink.getKey());
            if (!ends.isEmpty()) {
                String group = ConsumerGroups.ofSink(settings, sink.getValue());
                stallTimeout.await(
                        "the sink of " + settings.get(sink.getKey()) + " (group " + group + ")",
                        () -> hasPassed(committed.of(group), ends),
                        () -> committed.of(group).values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
            }
        }
    }

    private static boolean hasPassed(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    @Override
    public void close() {
        admin.close();
    }
}
