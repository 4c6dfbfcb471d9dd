package io.replaylinker.worker.wiring;

import io.replaylinker.worker.cli.CommandFailedException;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.WorkerSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/**
 * The topics between the steps of the join. Streams makes them, and the state is divided as they are: with another number of
 * partitions a key would look for its rows where they are not, so Streams refuses to start, in words of its own and in a thread.
 */
public final class ShuffleTopics {

    private static final String OF_STREAMS = "-repartition";

    private final Settings settings;
    private final Topology topology;

    public ShuffleTopics(Settings settings, Topology topology) {
        this.settings = settings;
        this.topology = topology;
    }

    /**
     * Looks whether those that are there have as many partitions as the settings say; none need be there.
     *
     * @throws CommandFailedException if one has not, or Kafka cannot be reached
     */
    public void check() {
        existing().forEach(topic -> mistake(topic).ifPresent(mistake -> {
            throw new CommandFailedException(mistake + ". " + remedy(topic));
        }));
    }

    /** What is wrong with one that is there; empty when nothing is. */
    public Optional<String> mistake(TopicDescription topic) {
        int wanted = settings.get(WorkerSettings.SHUFFLE_PARTITIONS);
        int found = topic.partitions().size();
        return found == wanted
                ? Optional.empty()
                : Optional.of(
                        "shuffle.partitions is %d, but the topic %s has %d partitions, and the state is divided as it is"
                                .formatted(wanted, topic.name(), found));
    }

    /** What to do about it. */
    public String remedy(TopicDescription topic) {
        return "Set shuffle.partitions=%d; or set another application.id, which starts without state and reads the sources from their beginning."
                .formatted(topic.partitions().size());
    }

    private List<TopicDescription> existing() {
        try (Admin admin = Admin.create(new KafkaProperties(settings).admin())) {
            Set<String> names = names();
            names.retainAll(admin.listTopics().names().get());
            return List.copyOf(admin.describeTopics(names).allTopicNames().get().values());
        } catch (ExecutionException e) {
            throw new CommandFailedException("Kafka cannot be asked for its topics: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while asking Kafka for its topics", e);
        }
    }

    /** All that there will be, in Kafka's names: by name and not by their beginning, which another installation's may have too. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Source source && source.topicSet() != null) {
                    source.topicSet().stream()
                            .filter(topic -> topic.endsWith(OF_STREAMS))
                            .map(topic -> settings.get(WorkerSettings.APPLICATION_ID) + "-" + topic)
                            .forEach(names::add);
                }
            }
        }
        return names;
    }
}
