package io.replaylinker.worker.check;

import io.replaylinker.worker.cli.CommandFailedException;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.WorkerSettings;
import io.replaylinker.worker.wiring.FormerTopics;
import io.replaylinker.worker.wiring.GroupOffsets;
import io.replaylinker.worker.wiring.ShuffleTopics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the topics between the steps still hold the state of the join. */
final class ShuffleState {

    private static final Logger LOG = LoggerFactory.getLogger(ShuffleState.class);

    private final Settings settings;

    ShuffleState(Settings settings) {
        this.settings = settings;
    }

    /**
     * Looks at those that exist.
     *
     * @throws CommandFailedException if one cannot be the state, or was deleted or cut off after the join had begun to read it
     */
    void require(KafkaView kafka) throws Unanswered, InterruptedException {
        ShuffleTopics shuffle = new ShuffleTopics(settings);
        Map<String, NewTopic> wanted =
                shuffle.topics().stream().collect(Collectors.toMap(NewTopic::name, Function.identity()));
        for (TopicState topic : kafka.topics(wanted.keySet())) {
            if (topic.description() != null) {
                int partitions = topic.description().partitions().size();
                shuffle.mistake(Objects.requireNonNull(wanted.get(topic.name())), partitions, topic.config())
                        .ifPresent(mistake -> {
                            throw new CommandFailedException(mistake.found() + ". " + mistake.remedy());
                        });
            }
        }
        whole(shuffle.settings().blocks(), kafka);
        Set<String> former = FormerTopics.of(
                settings.get(WorkerSettings.APPLICATION_ID),
                KafkaView.answer(kafka.admin().listTopics().names()));
        if (!former.isEmpty()) {
            LOG.warn(
                    "An earlier release has left the topics {}, which nobody reads any more; delete them with: replay-linker reset --former --yes",
                    String.join(", ", former));
        }
    }

    private void whole(List<String> blocks, KafkaView kafka) throws Unanswered, InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>(GroupOffsets.committed(KafkaView.answer(kafka.admin()
                .listConsumerGroupOffsets(settings.get(WorkerSettings.APPLICATION_ID))
                .partitionsToOffsetAndMetadata())));
        committed.keySet().removeIf(partition -> !blocks.contains(partition.topic()));
        Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(committed.keySet(), OffsetSpec.earliest(), kafka);
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(committed.keySet(), OffsetSpec.latest(), kafka);
        committed.forEach((partition, offset) -> {
            long begin = Objects.requireNonNull(begins.get(partition)).offset();
            long end = Objects.requireNonNull(ends.get(partition)).offset();
            if (offset < begin || offset > end) {
                throw new CommandFailedException(
                        ("the topic %s was deleted or cut off under the join: partition %d was read up to offset %d and holds %d to %d"
                                        + " now, and what waited is lost with it. Have the sources read again, which finds the"
                                        + " same links: replay-linker reset")
                                .formatted(partition.topic(), partition.partition(), offset, begin, end));
            }
        });
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Set<TopicPartition> partitions, OffsetSpec which, KafkaView kafka) throws Unanswered, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which));
        return KafkaView.answer(kafka.admin().listOffsets(asked).all());
    }
}
