package io.replaylinker.worker.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.replaylinker.runtime.diagnosis.Reason;
import io.replaylinker.runtime.wiring.GroupOffsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lag of the consumer groups, from the brokers' offsets. Consumers report a lag too, but only of partitions that they fetch: it does not
 * change while a partition is paused, which is when the lag grows.
 */
final class Lag {

    private static final Logger LOG = LoggerFactory.getLogger(Lag.class);
    private static final long ANSWER_WITHIN_SECONDS = 4;

    /**
     * A consumer group whose lag is measured.
     *
     * @param name in the metric
     * @param topics that it reads, in addition to those that it has offsets of
     */
    record Reader(String name, String group, Set<String> topics) {}

    private final Admin admin;
    private final List<Reader> readers;
    private final MultiGauge gauge;
    private boolean failed;

    /** By reader and partition; empty while it is unknown. */
    private volatile Map<String, Map<TopicPartition, Long>> byPartition = Map.of();

    /** Lag by the tags of its series; NaN while it is unknown, because a series that ends looks like no lag. */
    private final Map<Tags, Double> shown = new LinkedHashMap<>();

    Lag(Admin admin, List<Reader> readers, MeterRegistry meters) {
        this.admin = admin;
        this.readers = readers;
        this.gauge = MultiGauge.builder("replay_linker_lag").baseUnit("records").register(meters);
    }

    /** Reads the offsets again. */
    void refresh() {
        try {
            Map<String, Map<TopicPartition, Long>> measured = new HashMap<>();
            Map<Tags, Double> lags = new LinkedHashMap<>();
            for (Reader reader : readers) {
                Map<TopicPartition, Long> partitions = of(reader);
                measured.put(reader.name(), partitions);
                partitions.forEach((partition, records) -> lags.merge(
                        Tags.of("reader", reader.name(), "topic", partition.topic()), (double) records, Double::sum));
            }
            byPartition = measured;
            shown.clear();
            shown.putAll(lags);
            failed = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            shown.replaceAll((series, lag) -> Double.NaN);
            byPartition = Map.of();
            if (!failed) {
                LOG.warn("The lag is unknown: {}", Reason.of(e));
            }
            failed = true;
        }
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        shown.forEach((series, lag) -> rows.add(MultiGauge.Row.of(series, lag)));
        gauge.register(rows, true);
    }

    /** As {@link PartitionLags} has it. */
    Map<TopicPartition, Long> of(String reader) {
        return byPartition.getOrDefault(reader, Map.of());
    }

    private Map<TopicPartition, Long> of(Reader reader)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> committed = committed(reader.group());
        Set<TopicPartition> all = partitions(reader.topics());
        all.addAll(committed.keySet());
        Map<TopicPartition, Long> starts = offsets(all, OffsetSpec.earliest(), one -> !committed.containsKey(one));
        Map<TopicPartition, Long> ends = offsets(all, OffsetSpec.latest(), one -> true);
        Map<TopicPartition, Long> lag = new HashMap<>();
        ends.forEach((partition, end) -> {
            long at = committed.getOrDefault(partition, starts.getOrDefault(partition, end));
            lag.put(partition, Math.max(0, end - at));
        });
        return lag;
    }

    private Map<TopicPartition, Long> committed(String group)
            throws ExecutionException, InterruptedException, TimeoutException {
        return GroupOffsets.committed(
                answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()));
    }

    private Set<TopicPartition> partitions(Set<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer(admin.describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toSet());
    }

    /** End offsets of committed records: those of open transactions cannot be read yet. */
    private Map<TopicPartition, Long> offsets(
            Set<TopicPartition> partitions, OffsetSpec which, Predicate<TopicPartition> wanted)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> specs =
                partitions.stream().filter(wanted).collect(Collectors.toMap(one -> one, one -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answer(admin.listOffsets(specs, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
    }
}
