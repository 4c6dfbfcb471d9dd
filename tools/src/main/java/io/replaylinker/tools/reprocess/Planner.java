package io.replaylinker.tools.reprocess;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.wiring.SourceTopics;
import io.replaylinker.topology.OutputTopics;
import io.replaylinker.topology.join.JoinSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Finds out what a run has to read, and how much of it still exists. */
final class Planner {

    /** Tolerance for the clocks of servers and the order of records on a topic, which are not exact. */
    static final Duration GRACE = Duration.ofMinutes(1);

    /** A first record that is this much later than the requested time means a pause, or a record with a forged timestamp. */
    private static final long PAUSE_MS = Duration.ofMinutes(10).toMillis();

    private final SourceTopics sources;
    private final OutputTopics outputs;
    private final JoinSettings join;
    private final Consumer<byte[], byte[]> consumer;
    private final Function<Collection<TopicPartition>, Map<TopicPartition, Long>> sizes;
    private final Instant now;

    /** @param sizes bytes of whole partitions on disk, as far as they are known */
    Planner(
            SourceTopics sources,
            OutputTopics outputs,
            JoinSettings join,
            Consumer<byte[], byte[]> consumer,
            Function<Collection<TopicPartition>, Map<TopicPartition, Long>> sizes,
            Instant now) {
        this.sources = sources;
        this.outputs = outputs;
        this.join = join;
        this.consumer = consumer;
        this.sizes = sizes;
        this.now = now;
    }

    /**
     * Plans the requested range.
     *
     * @throws CommandFailedException if Kafka or a topic is not there, or nothing is left to read
     */
    Plan plan(RangeRequest request) {
        try {
            List<TopicPartition> meant = new ArrayList<>(partitions(sources.events()));
            meant.addAll(partitions(sources.spans()));
            return plan(request.resolve(consumer, meant, now));
        } catch (ApiException e) {
            throw failure(e);
        }
    }

    /**
     * Requires the worker's output topics. Corrections are published there, and its sinks read them there.
     *
     * @throws CommandFailedException if no worker has run so far, or Kafka does not answer
     */
    void requireOutputs() {
        try {
            List.of(outputs.links(), outputs.unlinked(), outputs.states())
                    .forEach(topic -> partitions(
                            topic, "start the worker first: it creates the topic, and writes it into the tables."));
        } catch (ApiException e) {
            throw failure(e);
        }
    }

    private static CommandFailedException failure(ApiException e) {
        String hint = e instanceof TimeoutException
                ? "; is kafka.bootstrap.servers right, and are the brokers up?"
                : "; deploy/kafka lists the rights of a run";
        return new CommandFailedException("Kafka did not describe the topics: " + e.getMessage() + hint, e);
    }

    private Plan plan(Range range) {
        Duration memory = join.memory();
        Instant readFrom = range.from().minus(memory).minus(GRACE);
        Instant readTo = range.to().plus(memory).plus(GRACE);
        List<Plan.Part> parts = new ArrayList<>();
        parts.addAll(parts(partitions(sources.events()), SourceKind.EVENTS, readFrom, readTo));
        parts.addAll(parts(partitions(sources.spans()), SourceKind.SPANS, readFrom, readTo));
        parts.addAll(parts(partitions(sources.replays()), SourceKind.REPLAYS, readFrom, readTo));
        requireRecords(parts, range);
        Duration missing = parts.stream().map(Plan.Part::missing).reduce(Duration.ZERO, Planner::longer);
        return new Plan(
                range,
                readFrom,
                readTo.isBefore(now) ? readTo : now,
                missing.isZero() ? Instant.EPOCH : readFrom.plus(missing).plus(memory),
                now.minus(join.waitFor()).minus(GRACE),
                parts);
    }

    private List<TopicPartition> partitions(List<String> topics) {
        return topics.stream()
                .flatMap(topic -> partitionsOfSource(topic).stream())
                .toList();
    }

    /** As the worker reads it, without default topics that do not exist. */
    private List<TopicPartition> partitionsOfSource(String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        boolean missing = found == null || found.isEmpty();
        return missing && sources.mayBeMissing(topic)
                ? List.of()
                : sorted(topic, found, "set the topics that the worker reads in " + SourceTopics.SETTINGS + ".");
    }

    private List<TopicPartition> partitions(String topic, String advice) {
        return sorted(topic, consumer.partitionsFor(topic), advice);
    }

    private static List<TopicPartition> sorted(String topic, @Nullable List<PartitionInfo> found, String advice) {
        if (found == null || found.isEmpty()) {
            throw new CommandFailedException("Kafka has no topic " + topic + "; " + advice);
        }
        return found.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
                .toList();
    }

    private List<Plan.Part> parts(List<TopicPartition> partitions, SourceKind kind, Instant from, Instant to) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, @Nullable OffsetAndTimestamp> starts = at(partitions, from);
        Map<TopicPartition, @Nullable OffsetAndTimestamp> stops = at(partitions, to);
        Map<TopicPartition, Long> bytes = sizes.apply(partitions);
        return partitions.stream()
                .map(partition -> {
                    long beginning = beginnings.getOrDefault(partition, 0L);
                    long end = ends.getOrDefault(partition, 0L);
                    OffsetAndTimestamp first = starts.get(partition);
                    long start = first == null ? end : Math.min(first.offset(), end);
                    long stop = Math.max(start, stop(stops.get(partition), to, end));
                    return new Plan.Part(
                            partition,
                            kind,
                            start,
                            stop,
                            share(bytes.getOrDefault(partition, -1L), stop - start, end - beginning),
                            missing(first, beginning, end, from));
                })
                .toList();
    }

    private Map<TopicPartition, @Nullable OffsetAndTimestamp> at(List<TopicPartition> partitions, Instant time) {
        long ms = Math.max(0, time.toEpochMilli());
        return consumer.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> ms)));
    }

    /** Where later records may have earlier timestamps, the reader finds the end. */
    private static long stop(@Nullable OffsetAndTimestamp found, Instant to, long end) {
        return found == null || found.timestamp() - to.toEpochMilli() > PAUSE_MS ? end : Math.min(found.offset(), end);
    }

    private static long share(long bytes, long records, long all) {
        return bytes < 0 ? -1 : all <= 0 ? 0 : Math.round((double) bytes * records / all);
    }

    /** A partition that still has its very first record has lost nothing. Of one that lost all records the time is unknown. */
    private Duration missing(@Nullable OffsetAndTimestamp first, long beginning, long end, Instant from) {
        if (beginning == 0) {
            return Duration.ZERO;
        }
        if (first == null) {
            return beginning == end ? Duration.between(from, now) : Duration.ZERO;
        }
        Duration late = Duration.between(from, Instant.ofEpochMilli(first.timestamp()));
        return first.offset() > beginning || late.isNegative() ? Duration.ZERO : late;
    }

    private void requireRecords(List<Plan.Part> parts, Range range) {
        if (parts.stream().noneMatch(part -> part.kind().hasEvents() && part.records() > 0)) {
            throw new CommandFailedException("the topics of events and spans have no record from "
                    + Words.time(range.from().minus(join.memory())) + " UTC to "
                    + Words.time(range.to()) + " UTC; retention may have deleted them, so there is nothing to do");
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
