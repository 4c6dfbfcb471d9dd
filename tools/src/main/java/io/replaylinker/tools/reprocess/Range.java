package io.replaylinker.tools.reprocess;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Which events are meant: by the timestamps of their records, or by their offsets. Everything else that is read only helps to link
 * those.
 *
 * @param from by offsets: the earliest timestamp at one of them
 * @param to exclusive; by offsets: the latest that the records may have
 * @param offsets by partition the first one that is meant and the first that is not any more; empty when times decide
 */
record Range(Instant from, Instant to, Map<TopicPartition, Offsets> offsets) {

    /** The first offset of the range, and the first after it. */
    record Offsets(long from, long to) {}

    Range {
        offsets = Map.copyOf(offsets);
    }

    /** Whether the record at that offset belongs to the range, its timestamp in epoch milliseconds. */
    boolean holds(TopicPartition partition, long offset, long recordMs) {
        if (offsets.isEmpty()) {
            return recordMs >= from.toEpochMilli() && recordMs < to.toEpochMilli();
        }
        Offsets meant = offsets.get(partition);
        return meant != null && offset >= meant.from() && offset < meant.to();
    }
}
