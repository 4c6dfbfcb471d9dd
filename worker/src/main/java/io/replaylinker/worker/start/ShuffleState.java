package io.replaylinker.worker.start;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.wiring.FormerTopics;
import io.replaylinker.runtime.wiring.GroupOffsets;
import io.replaylinker.runtime.wiring.PartitionOffsets;
import io.replaylinker.runtime.wiring.ShuffleTopics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks that the topics between the steps still hold the state of the join. */
public final class ShuffleState {

    private static final Logger LOG = LoggerFactory.getLogger(ShuffleState.class);

    private final ShuffleTopics shuffle;

    public ShuffleState(ShuffleTopics shuffle) {
        this.shuffle = shuffle;
    }

    /**
     * Checks those that exist.
     *
     * @throws CommandFailedException if one cannot be the state, or was deleted or truncated after the join had begun to read it
     */
    public void require(KafkaView kafka) throws Unanswered, InterruptedException {
        topics(kafka).forEach((wanted, topic) -> {
            if (topic.description() != null) {
                int partitions = topic.description().partitions().size();
                shuffle.mistake(wanted, partitions, topic.config()).ifPresent(mistake -> {
                    throw new CommandFailedException(mistake.found() + ". " + mistake.remedy());
                });
            }
        });
        whole(shuffle.settings().blocks(), kafka);
        Set<String> former = former(kafka);
        if (!former.isEmpty()) {
            LOG.warn(
                    "The topics {} of an earlier release are no longer used; delete them with: replay-linker reset --former --yes",
                    String.join(", ", former));
        }
    }

    /** Each topic as it is created, and as Kafka has it. */
    public Map<NewTopic, TopicState> topics(KafkaView kafka) throws Unanswered, InterruptedException {
        List<NewTopic> wanted = shuffle.topics();
        List<TopicState> found =
                kafka.topics(wanted.stream().map(NewTopic::name).toList());
        Map<NewTopic, TopicState> topics = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            topics.put(wanted.get(i), found.get(i));
        }
        return topics;
    }

    /** Topics left by snapshots of 0.1. */
    public Set<String> former(KafkaView kafka) throws Unanswered, InterruptedException {
        return FormerTopics.of(
                shuffle.settings().application(),
                KafkaView.answer(kafka.admin().listTopics().names()));
    }

    private void whole(List<String> blocks, KafkaView kafka) throws Unanswered, InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>(GroupOffsets.committed(KafkaView.answer(kafka.admin()
                .listConsumerGroupOffsets(shuffle.settings().application())
                .partitionsToOffsetAndMetadata())));
        committed.keySet().removeIf(partition -> !blocks.contains(partition.topic()));
        Map<TopicPartition, Long> begins =
                KafkaView.answer(PartitionOffsets.of(kafka.admin(), committed.keySet(), OffsetSpec.earliest()));
        Map<TopicPartition, Long> ends =
                KafkaView.answer(PartitionOffsets.of(kafka.admin(), committed.keySet(), OffsetSpec.latest()));
        committed.forEach((partition, offset) -> {
            long begin = Objects.requireNonNull(begins.get(partition));
            long end = Objects.requireNonNull(ends.get(partition));
            if (offset < begin || offset > end) {
                throw new CommandFailedException(
                        ("the topic %s was deleted or truncated while the join used it: partition %d was read up to offset %d and holds %d to %d"
                                        + " now, and the waiting events are lost. Read the sources again, which finds the"
                                        + " same links: replay-linker reset")
                                .formatted(partition.topic(), partition.partition(), offset, begin, end));
            }
        });
    }
}
