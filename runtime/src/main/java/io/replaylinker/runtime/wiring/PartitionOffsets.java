package io.replaylinker.runtime.wiring;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Looks up where partitions begin, end, or reach a time. */
public final class PartitionOffsets {

    private PartitionOffsets() {}

    /** The offset of each; -1 for a partition without a record at or after the requested time. */
    public static KafkaFuture<Map<TopicPartition, Long>> of(
            Admin admin, Collection<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> specs =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which));
        return admin.listOffsets(specs).all().thenApply(found -> {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            found.forEach((partition, info) -> offsets.put(partition, info.offset()));
            return offsets;
        });
    }
}
