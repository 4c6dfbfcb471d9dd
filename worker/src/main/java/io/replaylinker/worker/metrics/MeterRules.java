package io.replaylinker.worker.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Filters and describes meters for Prometheus: the worker's own get their descriptions and buckets from the table; of Kafka's several
 * hundred only the useful ones pass.
 */
final class MeterRules implements MeterFilter {

    private static final String KAFKA = "kafka.";

    /** Of a thread, a task, a store or a client; never of a partition or a node of the topology, of which there are hundreds. */
    private static final Set<String> OF_KAFKA = Set.of(
            "kafka.stream.thread.blocked.time.ns.total",
            "kafka.stream.thread.commit.latency.avg",
            "kafka.stream.thread.commit.latency.max",
            "kafka.stream.thread.commit.ratio",
            "kafka.stream.thread.poll.ratio",
            "kafka.stream.thread.process.latency.avg",
            "kafka.stream.thread.process.rate",
            "kafka.stream.thread.process.ratio",
            "kafka.stream.thread.punctuate.latency.max",
            "kafka.stream.thread.punctuate.ratio",
            "kafka.stream.task.dropped.records.total",
            "kafka.stream.state.num.open.iterators",
            "kafka.stream.state.oldest.iterator.open.since.ms",
            "kafka.stream.state.updater.restore.records.rate",
            "kafka.stream.state.updater.restore.ratio",
            "kafka.consumer.coordinator.failed.rebalance.total",
            "kafka.consumer.coordinator.last.rebalance.seconds.ago",
            "kafka.consumer.coordinator.rebalance.latency.max",
            "kafka.consumer.coordinator.rebalance.total",
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.consumer.time.between.poll.max",
            "kafka.producer.buffer.available.bytes",
            "kafka.producer.bufferpool.wait.time.ns.total",
            "kafka.producer.record.error.total",
            "kafka.producer.record.retry.total",
            "kafka.producer.request.latency.avg",
            "kafka.producer.request.latency.max");

    /** The release of Kafka's clients, the same on every one of its series. */
    private static final List<String> NEEDLESS = List.of("kafka.version", "kafka-version");

    @Override
    public Meter.Id map(Meter.Id id) {
        if (id.getName().startsWith(KAFKA)) {
            return id.replaceTags(Tags.of(id.getTags().stream()
                    .filter(tag -> !NEEDLESS.contains(tag.getKey()))
                    .toList()));
        }
        Metric metric = metric(id);
        return metric == null
                ? id
                : new Meter.Id(
                        id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), plain(metric.help()), id.getType());
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        boolean refused = id.getName().startsWith(KAFKA) && !OF_KAFKA.contains(id.getName());
        return refused ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    @Override
    public @Nullable DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        Metric metric = metric(id);
        if (metric == null || metric.buckets().isEmpty()) {
            return config;
        }
        double[] nanos = metric.buckets().stream()
                .mapToDouble(bucket -> (double) bucket.toNanos())
                .toArray();
        return DistributionStatisticConfig.builder()
                .serviceLevelObjectives(nanos)
                .build()
                .merge(config);
    }

    private static @Nullable Metric metric(Meter.Id id) {
        return Metrics.BY_METER.get(Metric.nameOf(id));
    }

    /** The table is written for a page. */
    private static String plain(String help) {
        return help.replace("`", "");
    }
}
