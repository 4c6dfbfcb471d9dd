package io.replaylinker.worker.members;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of a topic that one reader of a worker has.
 *
 * @param reader join, or the name of a sink
 * @param partitions in ascending order
 * @param lag records behind in these partitions; null while it is unknown
 */
record Assigned(
        String reader,
        String topic,
        List<Integer> partitions,
        @Nullable Long lag) {

    Assigned {
        partitions = List.copyOf(partitions);
    }

    /** Partitions by topic, in the order of their names, with the lag unknown. */
    static List<Assigned> of(String reader, Collection<TopicPartition> partitions) {
        Map<String, List<Integer>> byTopic = new TreeMap<>();
        for (TopicPartition one : partitions) {
            byTopic.computeIfAbsent(one.topic(), topic -> new ArrayList<>()).add(one.partition());
        }
        List<Assigned> assigned = new ArrayList<>();
        byTopic.forEach((topic, numbers) -> assigned.add(
                new Assigned(reader, topic, numbers.stream().sorted().toList(), null)));
        return assigned;
    }

    /**
     * The same with the lag.
     *
     * @param lags of all partitions of the reader's group; empty while unknown. A partition without one was never read, and is not
     *     measured
     */
    Assigned measured(Map<TopicPartition, Long> lags) {
        return lags.isEmpty()
                ? this
                : new Assigned(
                        reader,
                        topic,
                        partitions,
                        partitions.stream()
                                .mapToLong(number -> lags.getOrDefault(new TopicPartition(topic, number), 0L))
                                .sum());
    }

    /** Whether it has all of the other's partitions. */
    boolean covers(Assigned other) {
        return reader.equals(other.reader) && topic.equals(other.topic) && partitions.containsAll(other.partitions);
    }
}
