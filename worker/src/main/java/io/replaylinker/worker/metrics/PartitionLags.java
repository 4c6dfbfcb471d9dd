package io.replaylinker.worker.metrics;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How far each partition lags behind, as it was last measured. */
@FunctionalInterface
public interface PartitionLags {

    /**
     * The lag of a consumer group in records.
     *
     * @param reader join, or the name of a sink
     * @return by partition, those of other workers in the group among them; empty while it is unknown
     */
    Map<TopicPartition, Long> of(String reader);
}
