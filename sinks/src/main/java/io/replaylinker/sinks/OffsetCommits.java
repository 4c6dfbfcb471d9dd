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
 * What Kafka knows of this sink: by partition the offset below which all is safe, and in its metadata which batches lie behind it,
 * so that whoever comes next cuts the same ones. A commit is waited for, which keeps their order and takes a few milliseconds while
 * the insert before it is still under way.
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

    /** What was committed by the sink before this one. */
    void startsAt(TopicPartition partition, OffsetAndMetadata offset) {
        safeBelow(partition, offset.offset());
        committed.put(partition, offset);
        progress.committed(partition, offset.offset());
    }

    /**
     * Reading goes on at the offset, and everything below was settled before or is out of reach.
     *
     * @return whether the partition has begun anew below what was safe already, as it does when its topic was made again
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

    /** Every record below the offset is in the table, or is no record at all (the marker of a transaction). */
    void safeBelow(TopicPartition partition, long offset) {
        safe.merge(partition, offset, Math::max);
    }

    /** Whether a sink after this one would cut the batch as this one has. */
    boolean isNoted(Batch head) {
        OffsetAndMetadata last = committed.get(head.partition());
        if (last == null) {
            return false;
        }
        List<PendingRange> ranges = PendingRange.parse(last.metadata(), last.offset());
        return ranges.contains(PendingRange.of(head));
    }

    /** Commits what has changed; what fails now is tried again at the next call. */
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
            // After CommitFailedException the partitions belong to another sink, which inserts the same rows once more.
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
