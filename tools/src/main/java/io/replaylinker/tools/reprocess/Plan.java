package io.replaylinker.tools.reprocess;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * What a run is going to read.
 *
 * @param readFrom where the warm-up begins
 * @param readTo where the tail ends
 * @param sureFrom for events received from here on, all that the worker had still exists, so that their links may be corrected
 * @param sureTo the wait of events received before this was over when the plan was made
 */
record Plan(Range range, Instant readFrom, Instant readTo, Instant sureFrom, Instant sureTo, List<Part> parts) {

    Plan {
        parts = List.copyOf(parts);
    }

    /**
     * One partition.
     *
     * @param kind what its topic brings
     * @param start first offset to read
     * @param stop first offset not to read; never before the start
     * @param bytes estimated size of these records on the broker's disk, -1 when the broker does not report it
     * @param missing how much of the required time before the first record retention has deleted
     */
    record Part(TopicPartition partition, SourceKind kind, long start, long stop, long bytes, Duration missing) {

        long records() {
            return stop - start;
        }
    }

    /** Upper bound: offsets of deleted records and of transaction markers are counted too. */
    long records() {
        return parts.stream().mapToLong(Part::records).sum();
    }

    /** -1 when the size of a partition is unknown. */
    long bytes() {
        return parts.stream().anyMatch(part -> part.bytes() < 0)
                ? -1
                : parts.stream().mapToLong(Part::bytes).sum();
    }

    Collection<String> topics(SourceKind kind) {
        return parts.stream()
                .filter(part -> part.kind() == kind)
                .map(part -> part.partition().topic())
                .collect(Collectors.toSet());
    }

    /** Whether the evidence for events received then, in epoch milliseconds, is complete and final: all that the worker had. */
    boolean isSure(long receivedMs) {
        return receivedMs >= sureFrom.toEpochMilli() && receivedMs < sureTo.toEpochMilli();
    }
}
