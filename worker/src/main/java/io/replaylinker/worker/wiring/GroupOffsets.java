package io.replaylinker.worker.wiring;

import io.replaylinker.worker.cli.CommandFailedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far consumer groups have committed. */
public record GroupOffsets(Admin admin) {

    /**
     * By partition, the first offset that is not committed; empty for a group that never committed.
     *
     * @throws CommandFailedException if Kafka does not tell
     */
    public Map<TopicPartition, Long> of(String group) {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, Long> committed = new HashMap<>();
            offsets.forEach((partition, offset) ->
                    committed.put(partition, Objects.requireNonNull(offset).offset()));
            return committed;
        } catch (ExecutionException e) {
            throw new CommandFailedException(
                    "Kafka does not tell how far the group " + group + " is: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while asking Kafka how far the group " + group + " is", e);
        }
    }
}
