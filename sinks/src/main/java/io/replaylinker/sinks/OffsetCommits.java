package io.replaylinker.sinks;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The offsets that this sink commits to Kafka. The committed offset of a partition is the one below which all records are safe. Its
 * metadata lists the pending batches behind it, so that the next sink cuts the same batches. Commits are synchronous. This keeps their
 * order and takes a few milliseconds while the previous insert is still running.
 */
final class OffsetCommits {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommits.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

    private final SinkProgress progress;
    private final Map<TopicPartition, Long> safe = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();

    OffsetCommits(SinkProgress progress) {
        this.progress = progress;
    }

    /** Sets the offset that the previous sink committed. */
    void startsAt(TopicPartition partition, OffsetAndMetadata offset) {
        safeBelow(partition, offset.offset());
        committed.put(partition, offset);
        progress.committed(partition, offset.offset());
    }

    /**
     * Reading continues at the offset. All records below it are safe or no longer available.
     *
     * @return whether the partition restarted below the safe offset, as it does when its topic was recreated
     */
    boolean readsAt(TopicPartition partition, long offset) {
        Long known = safe.get(partition);
        boolean anew = known != null && offset < known;
        if (known == null || anew) {
            safe.put(partition, offset);
            progress.committed(partition, offset);
        }
        return anew;
    }

    /** Every record below the offset is in the table, or the offset holds no record but the marker of a transaction. */
    void safeBelow(TopicPartition partition, long offset) {
        safe.merge(partition, offset, Math::max);
    }

    /** Returns whether the next sink would cut the batch in the same way. */
    boolean isNoted(Batch head) {
        OffsetAndMetadata last = committed.get(head.partition());
        if (last == null) {
            return false;
        }
        List<PendingRange> ranges = PendingRange.parse(last.metadata(), last.offset());
        return ranges.contains(PendingRange.of(head));
    }

    /** Commits what has changed. A failed commit is retried with the next call. */
    void commit(Consumer<?, ?> consumer, Collection<PartitionBuffer> buffers) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (PartitionBuffer buffer : buffers) {
            OffsetAndMetadata wanted = wanted(buffer);
            if (wanted != null && !wanted.equals(committed.get(buffer.partition()))) {
                offsets.put(buffer.partition(), wanted);
            }
        }
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, COMMIT_TIMEOUT);
        } catch (RetriableException | RebalanceInProgressException | CommitFailedException e) {
            // After CommitFailedException the partitions belong to another sink, which inserts the same rows again.
            LOG.info("Offsets {} are not committed yet: {}", offsets, e.getMessage());
            return;
        }
        offsets.forEach((partition, offset) -> {
            committed.put(partition, offset);
            progress.committed(partition, offset.offset());
        });
    }

    private @Nullable OffsetAndMetadata wanted(PartitionBuffer buffer) {
        Long offset = safe.get(buffer.partition());
        return offset == null ? null : new OffsetAndMetadata(offset, PendingRange.metadata(buffer.pending()));
    }

    void forget(Collection<TopicPartition> partitions) {
        safe.keySet().removeAll(partitions);
        committed.keySet().removeAll(partitions);
        partitions.forEach(progress::forget);
    }
}
