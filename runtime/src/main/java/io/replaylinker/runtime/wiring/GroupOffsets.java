package io.replaylinker.runtime.wiring;

import io.replaylinker.runtime.cli.CommandFailedException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Committed offsets of consumer groups. */
public record GroupOffsets(Admin admin) {

    /**
     * By partition, the first offset that is not committed; empty for a group that never committed.
     *
     * @throws CommandFailedException if Kafka does not answer
     */
    public Map<TopicPartition, Long> of(String group) {
        try {
            return committed(admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get());
        } catch (ExecutionException e) {
            throw new CommandFailedException(
                    "Kafka did not return the offsets of group " + group + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while asking Kafka how far the group " + group + " is", e);
        }
    }

    /**
     * The same from Kafka's own answer, for callers that wait for it in their own way.
     *
     * @param answer with null for a partition without a committed offset
     */
    public static Map<TopicPartition, Long> committed(Map<TopicPartition, @Nullable OffsetAndMetadata> answer) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        answer.forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(partition, offset.offset());
            }
        });
        return committed;
    }
}
