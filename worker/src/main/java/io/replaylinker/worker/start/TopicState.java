package io.replaylinker.worker.start;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/**
 * A topic as Kafka describes it.
 *
 * @param description null when there is no such topic, or the worker's user may not describe it
 * @param config with the broker's defaults in it; empty when the user may not read it
 * @param isForbidden whether Kafka refused the description
 */
public record TopicState(
        String name, @Nullable TopicDescription description, Map<String, String> config, boolean isForbidden) {

    /** A number of the topic's configuration. */
    public Optional<Long> number(String setting) {
        return Optional.ofNullable(config.get(setting)).map(Long::valueOf);
    }

    /** Which of these operations the worker's user may not perform, as {@code READ}; empty when Kafka does not report it. */
    public String missing(AclOperation... needed) {
        Set<AclOperation> granted = description == null ? null : description.authorizedOperations();
        return granted == null
                ? ""
                : Arrays.stream(needed)
                        .filter(operation -> !granted.contains(operation))
                        .map(AclOperation::name)
                        .collect(Collectors.joining(" and "));
    }

    /** Number of partitions without a leader. */
    public long withoutLeader() {
        return description == null
                ? 0
                : description.partitions().stream()
                        .filter(partition ->
                                partition.leader() == null || partition.leader().isEmpty())
                        .count();
    }
}
