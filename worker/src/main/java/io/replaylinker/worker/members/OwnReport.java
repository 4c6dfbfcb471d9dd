package io.replaylinker.worker.members;

import io.replaylinker.runtime.settings.Role;
import io.replaylinker.sinks.SinkState;
import io.replaylinker.sinks.TopicSink;
import io.replaylinker.worker.lifecycle.JoinProcess;
import io.replaylinker.worker.lifecycle.Worker;
import io.replaylinker.worker.metrics.JoinFigures;
import io.replaylinker.worker.metrics.PartitionLags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.jspecify.annotations.Nullable;

/** The report of this worker, from what it has in memory: it asks neither Kafka nor other workers. */
final class OwnReport {

    private static final String STARTING = "starting";
    private static final String STOPPING = "stopping";
    private static final String ENDED = "ended";

    private final @Nullable String version = OwnReport.class.getPackage().getImplementationVersion();
    private final List<String> roles;
    private final Clock clock;
    private final Instant startedAt;
    private final PartitionLags lags;

    /** @param lags of the groups that the worker reads in */
    OwnReport(Set<Role> roles, Clock clock, Instant startedAt, PartitionLags lags) {
        this.roles = Role.labels(roles);
        this.clock = clock;
        this.startedAt = startedAt;
        this.lags = lags;
    }

    /** @param worker null while it is being started */
    MemberReport of(@Nullable Worker worker) {
        String state = STARTING;
        long restoring = 0;
        List<Assigned> assigned = new ArrayList<>();
        if (worker != null) {
            Optional<JoinFigures> join = worker.join().map(one -> one.ask(JoinFigures::of));
            restoring = join.map(JoinFigures::restoring).orElse(0L);
            state = state(worker, join);
            worker.join().ifPresent(one -> assigned.addAll(assigned("join", partitions(one))));
            for (TopicSink<?> sink : sinks(worker)) {
                assigned.addAll(assigned(sink.name(), sink.committed().keySet()));
            }
        }
        return new MemberReport(
                version,
                roles,
                state,
                restoring,
                assigned,
                startedAt,
                Duration.between(startedAt, clock.instant()).toMillis());
    }

    private List<Assigned> assigned(String reader, Iterable<TopicPartition> partitions) {
        List<TopicPartition> all = new ArrayList<>();
        partitions.forEach(all::add);
        return Assigned.of(reader, all).stream()
                .map(one -> one.measured(lags.of(reader)))
                .toList();
    }

    private static List<TopicPartition> partitions(JoinProcess join) {
        return join.ask(KafkaStreams::metadataForLocalThreads).stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .map(TaskMetadata::topicPartitions)
                .flatMap(partitions -> partitions.stream())
                .distinct()
                .toList();
    }

    private static List<TopicSink<?>> sinks(Worker worker) {
        return worker.sinks().map(sinks -> sinks.all()).orElse(List.of());
    }

    /** The state of the join, and where that runs the worst one of the sinks. */
    private static String state(Worker worker, Optional<JoinFigures> join) {
        String joins = join.map(OwnReport::state).orElse(MemberReport.RUNNING);
        if (!joins.equals(MemberReport.RUNNING)) {
            return joins;
        }
        List<SinkState> sinks = sinks(worker).stream().map(TopicSink::state).toList();
        if (sinks.contains(SinkState.FAILED) || sinks.contains(SinkState.CLOSED)) {
            return ENDED;
        }
        if (sinks.contains(SinkState.RETRYING)) {
            return "retrying";
        }
        return sinks.contains(SinkState.STARTING) ? STARTING : MemberReport.RUNNING;
    }

    private static String state(JoinFigures join) {
        return switch (join.state()) {
            case CREATED -> STARTING;
            case RUNNING -> MemberReport.RUNNING;
            case REBALANCING -> join.restoring() > 0 ? "restoring" : "rebalancing";
            case PENDING_SHUTDOWN, PENDING_ERROR -> STOPPING;
            case NOT_RUNNING, ERROR -> ENDED;
        };
    }
}
