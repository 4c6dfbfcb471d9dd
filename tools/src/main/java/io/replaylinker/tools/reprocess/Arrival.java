package io.replaylinker.tools.reprocess;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.StallTimeout;
import io.replaylinker.runtime.wiring.GroupOffsets;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Waits until the worker's sinks have written a run's corrections to the tables. */
final class Arrival implements AutoCloseable {

    private final Map<String, String> sinks;
    private final Admin admin;
    private final GroupOffsets committed;

    /**
     * Waits for some sinks.
     *
     * @param sinks the groups of the sinks, by the topics that they read
     * @param admin closed with this
     */
    Arrival(Map<String, String> sinks, Admin admin) {
        this.sinks = sinks;
        this.admin = admin;
        this.committed = new GroupOffsets(admin);
    }

    /**
     * Waits for as long as the sinks make progress.
     *
     * @throws CommandFailedException if they do not
     */
    void await(Corrections corrections, StallTimeout stallTimeout) throws InterruptedException {
        for (Map.Entry<String, String> sink : sinks.entrySet()) {
            Map<TopicPartition, Long> ends = corrections.ends(sink.getKey());
            if (!ends.isEmpty()) {
                String group = sink.getValue();
                stallTimeout.await(
                        "the sink of " + sink.getKey() + " (group " + group + ")",
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
