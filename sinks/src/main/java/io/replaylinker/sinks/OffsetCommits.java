package io.replaylinker.sinks;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The offsets that are safe, and those of them that Kafka knows. A commit that fails is tried again with the next one. */
final class OffsetCommits {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommits.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

    private final SinkProgress progress;
    private final Map<TopicPartition, Long> safe = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    OffsetCommits(SinkProgress progress) {
        this.progress = progress;
    }

    /** Everything below the offset was settled before this sink came, or lies outside of its sight. */
    void startsAt(TopicPartition partition, long offset) {
        if (committed.putIfAbsent(partition, offset) == null) {
            progress.committed(partition, offset);
        }
    }

    /** Every record below the offset is in the table, or is no record at all (the marker of a transaction). */
    void safeBelow(TopicPartition partition, long offset) {
        safe.merge(partition, offset, Math::max);
    }

    void commit(Consumer<?, ?> consumer) {
        Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
        safe.forEach((partition, offset) -> {
            if (offset > committed.getOrDefault(partition, -1L)) {
                due.put(partition, new OffsetAndMetadata(offset));
            }
        });
        if (due.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(due, COMMIT_TIMEOUT);
        } catch (RetriableException | RebalanceInProgressException | CommitFailedException e) {
            // After CommitFailedException the partitions belong to another sink, which inserts the same rows once more.
            LOG.info("Offsets {} are not committed yet: {}", due, e.getMessage());
            return;
        }
        due.forEach((partition, offset) -> {
            committed.put(partition, offset.offset());
            progress.committed(partition, offset.offset());
        });
    }

    void forget(Collection<TopicPartition> partitions) {
        safe.keySet().removeAll(partitions);
        committed.keySet().removeAll(partitions);
        partitions.forEach(progress::forget);
    }
}
