package io.replaylinker.topology.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.topology.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources of one partition, as a self-hosted Sentry has them: behind the shuffle every thread of every worker has its share. */
class ShuffleIT {

    private static final int SHUFFLE_PARTITIONS = 4;
    private static final int EVENTS = 400;
    private static EmbeddedKafka kafka = EmbeddedKafka.start(Installation.QUICK_BROKER);

    private final List<JoinWorker> workers = new ArrayList<>();
    private final Installation installation =
            new Installation(kafka.bootstrapServers(), "shuffle", StreamsConfig.AT_LEAST_ONCE, SHUFFLE_PARTITIONS);

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @AfterEach
    void stopWorkers() {
        workers.forEach(JoinWorker::close);
    }

    @Test
    void shouldSpreadTheWorkOfOnePartitionOverAllThreadsOfAllWorkers() {
        // Given
        installation.createTopics(kafka, 1, 1);
        workers.add(JoinWorker.forHistories(installation, folder.resolve("first"), 2)
                .start());
        workers.add(JoinWorker.forHistories(installation, folder.resolve("second"), 2)
                .start());
        Await.until("all threads have tasks of the join", () -> keyedTasks().size() == 4);

        // When
        try (Feed feed = new Feed(installation, 1, new Random(1));
                Progress progress = new Progress(installation)) {
            for (int number = 1; number <= EVENTS; number++) {
                feed.send(Samples.error(number, 1, 1_000 + number));
                feed.send(Samples.segment(5_000 + number, 0, 0, 2, 1_000 + number));
            }
            feed.flush();
            progress.awaitThrough();
        }

        // Then
        assertThat(Outputs.all(installation).held()).hasSize(EVENTS);
        assertThat(keyedTasks().values())
                .as("each thread has one task of each step: %s", keyedTasks())
                .allSatisfy(tasks -> assertThat(tasks).hasSize(3));
        assertThat(processedByThread())
                .as("blocks behind the shuffle by thread: %s", processedByThread())
                .hasSize(4)
                .allSatisfy((thread, blocks) -> assertThat(blocks).isPositive());
    }

    /** Thread to its tasks that read what was shuffled. */
    private Map<String, Set<String>> keyedTasks() {
        Map<String, Set<String>> byThread = new TreeMap<>();
        for (ThreadMetadata thread : threads()) {
            for (TaskMetadata task : thread.activeTasks()) {
                if (readsShuffled(task)) {
                    byThread.computeIfAbsent(thread.threadName(), name -> new TreeSet<>())
                            .add(task.taskId().toString());
                }
            }
        }
        return byThread;
    }

    private List<ThreadMetadata> threads() {
        return workers.stream()
                .map(JoinWorker::streams)
                .map(KafkaStreams::metadataForLocalThreads)
                .flatMap(Set::stream)
                .toList();
    }

    private boolean readsShuffled(TaskMetadata task) {
        return task.topicPartitions().stream()
                .map(TopicPartition::topic)
                .allMatch(installation.shuffle().blocks()::contains);
    }

    /** The consumer of each thread to the records that it read from topics between the steps. */
    private Map<String, Double> processedByThread() {
        Map<String, Double> byThread = new TreeMap<>();
        for (JoinWorker worker : workers) {
            worker.streams().metrics().forEach((name, metric) -> {
                String topic = name.tags().getOrDefault("topic", "");
                String client = name.tags().getOrDefault("client-id", "");
                if (name.name().equals("records-consumed-total")
                        && installation.shuffle().blocks().contains(topic)
                        && client.endsWith("-consumer")
                        && !client.endsWith("-restore-consumer")
                        && !name.tags().containsKey("partition")) {
                    byThread.merge(client, (Double) metric.metricValue(), Double::sum);
                }
            });
        }
        return byThread;
    }
}
