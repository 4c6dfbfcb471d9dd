package io.replaylinker.tools;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.ConfigOption;
import io.replaylinker.runtime.cli.ConfiguredCommand;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Results;
import io.replaylinker.runtime.cli.Since;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.runtime.wiring.FormerTopics;
import io.replaylinker.runtime.wiring.GroupOffsets;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.PartitionOffsets;
import io.replaylinker.runtime.wiring.ShuffleTopics;
import io.replaylinker.runtime.wiring.SourceTopics;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Drops the state of the join, and has the sources read again. */
@Command(
        name = "reset",
        description = {
            "Delete the state of the join with its internal topics. The next start reads the sources again.",
            "For an upgrade from a snapshot of 0.1, and after a topic of the state was deleted or truncated. Links that are found again"
                    + " change nothing. Without --yes it only prints what it would do."
        })
final class ResetCommand extends ConfiguredCommand {

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Time from which the sources are read again, such as 3h or 2026-10-05T09:00Z. Default:"
                    + " wait, memory and one hour together.")
    private @Nullable String since;

    @Option(
            names = "--former",
            description = "Only delete the topics that snapshots of 0.1 left behind, and keep the state.")
    private boolean former;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    /** What is done, all of it known before anything is changed. */
    private record Plan(
            Set<String> topics, Map<TopicPartition, Long> sources, Set<TopicPartition> forgotten, Instant from) {}

    @Override
    protected List<String> ownProblems() {
        List<String> problems = new ArrayList<>();
        Since.check("--since", since, problems);
        if (former && since != null) {
            problems.add("--since: not with --former, which keeps the state");
        }
        return problems;
    }

    @Override
    protected int run(ConfigOption config, Results results) throws InterruptedException {
        Settings settings = config.settings(System.getenv());
        String group = settings.get(WorkerSettings.APPLICATION_ID);
        try (Admin admin = Admin.create(new KafkaProperties(settings).admin())) {
            Plan plan = plan(settings, group, admin);
            print(plan, results);
            if (plan.topics().isEmpty() && plan.sources().isEmpty()) {
                results.print("There is nothing to do.");
            } else if (yes) {
                if (!former) {
                    requireNoMembers(group, admin);
                }
                carryOut(plan, group, admin);
                results.print("Done.");
            } else {
                results.print("Nothing was changed. Stop all workers, and run the command with --yes.");
            }
        } catch (ExecutionException e) {
            throw new CommandFailedException("Kafka refused: " + e.getCause(), e);
        }
        return ExitCodes.OK;
    }

    private Plan plan(Settings settings, String group, Admin admin) throws ExecutionException, InterruptedException {
        Set<String> existing = admin.listTopics().names().get();
        Set<String> topics = new TreeSet<>(FormerTopics.of(group, existing));
        if (former) {
            return new Plan(topics, Map.of(), Set.of(), Instant.EPOCH);
        }
        List<String> own = new ShuffleTopics(settings)
                .topics().stream().map(NewTopic::name).toList();
        own.stream().filter(existing::contains).forEach(topics::add);
        Set<String> sources = new TreeSet<>(new SourceTopics(settings).names());
        sources.retainAll(existing);
        Map<TopicPartition, Long> committed = new GroupOffsets(admin).of(group);
        Set<TopicPartition> forgotten = committed.keySet().stream()
                .filter(partition -> !sources.contains(partition.topic()))
                .collect(Collectors.toSet());
        List<TopicPartition> partitions = partitions(sources, admin);
        Instant from = from(settings, partitions, committed);
        return new Plan(topics, offsets(partitions, committed, from, admin), forgotten, from);
    }

    private static List<TopicPartition> partitions(Set<String> topics, Admin admin)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(topics).allTopicNames().get().values().forEach(topic -> topic.partitions()
                .forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition.partition()))));
        return partitions;
    }

    /** By default, events may still wait that came this long before the first unread record. */
    private Instant from(Settings settings, List<TopicPartition> partitions, Map<TopicPartition, Long> committed) {
        if (since != null) {
            return Since.parse(since, Clock.systemUTC()).orElseThrow();
        }
        return new FirstUnread(new KafkaProperties(settings).consumer(settings.get(WorkerSettings.APPLICATION_ID)))
                .of(partitions, committed, Clock.systemUTC().instant())
                .minus(new ShuffleTopics(settings).window());
    }

    /** Offsets of the first records from then on; the end of a partition without such a record. By default no unread record is skipped. */
    private Map<TopicPartition, Long> offsets(
            List<TopicPartition> partitions, Map<TopicPartition, Long> committed, Instant from, Admin admin)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets =
                PartitionOffsets.of(admin, partitions, OffsetSpec.latest()).get();
        PartitionOffsets.of(admin, partitions, OffsetSpec.forTimestamp(Math.max(0, from.toEpochMilli())))
                .get()
                .forEach((partition, found) -> {
                    if (found >= 0) {
                        offsets.put(partition, found);
                    }
                });
        if (since == null) {
            offsets.keySet().retainAll(committed.keySet());
            offsets.replaceAll((partition, offset) -> Math.min(offset, committed.getOrDefault(partition, offset)));
        }
        return offsets;
    }

    private static void print(Plan plan, Results results) {
        plan.topics().forEach(topic -> results.print("delete the topic " + topic));
        plan.sources().keySet().stream()
                .map(TopicPartition::topic)
                .distinct()
                .sorted()
                .forEach(topic -> results.print("read the topic " + topic + " again from " + plan.from()));
    }

    private static void requireNoMembers(String group, Admin admin) throws ExecutionException, InterruptedException {
        try {
            ConsumerGroupDescription description = admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .values()
                    .iterator()
                    .next();
            if (!description.members().isEmpty()) {
                throw new CommandFailedException(
                        "the group %s has %d members: stop all workers first, and retry when their sessions have timed out"
                                .formatted(group, description.members().size()));
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    /** Offsets first: an interrupted reset leaves topics that the next start reads from their beginning. */
    private static void carryOut(Plan plan, String group, Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> sources = new HashMap<>();
        plan.sources().forEach((partition, offset) -> sources.put(partition, new OffsetAndMetadata(offset)));
        if (!sources.isEmpty()) {
            admin.alterConsumerGroupOffsets(group, sources).all().get();
        }
        if (!plan.forgotten().isEmpty()) {
            admin.deleteConsumerGroupOffsets(group, plan.forgotten()).all().get();
        }
        admin.deleteTopics(plan.topics()).all().get();
    }
}
