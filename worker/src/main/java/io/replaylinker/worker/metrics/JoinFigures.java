package io.replaylinker.worker.metrics;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Figures of Kafka Streams from its own metrics: reading them takes no lock of the join and touches no row.
 *
 * @param threadsDied since the start
 * @param sincePoll of the thread that polled longest ago; zero when no thread has polled yet
 * @param restoring blocks of the topics between the steps that are still to be read again
 */
public record JoinFigures(
        KafkaStreams.State state, int threadsAlive, long threadsDied, Duration sincePoll, long restoring) {

    private static final String THREADS = "stream-metrics";
    private static final String CONSUMERS = "consumer-metrics";
    private static final String TASKS = "stream-task-metrics";

    /** The present figures. */
    public static JoinFigures of(KafkaStreams streams) {
        Collection<? extends Metric> all = streams.metrics().values();
        return new JoinFigures(
                streams.state(),
                (int) sum(named(all, THREADS, "alive-stream-threads")),
                sum(named(all, THREADS, "failed-stream-threads")),
                Duration.ofSeconds(max(named(all, CONSUMERS, "last-poll-seconds-ago")
                        .filter(metric -> isOfMainConsumer(metric.metricName())))),
                sum(named(all, TASKS, "restore-remaining-records-total")));
    }

    /** The restore consumer polls only while it has something to restore. */
    private static boolean isOfMainConsumer(MetricName name) {
        String client = name.tags().getOrDefault("client-id", "");
        return client.endsWith("-consumer")
                && !client.endsWith("-restore-consumer")
                && !client.endsWith("-global-consumer");
    }

    private static Stream<? extends Metric> named(Collection<? extends Metric> all, String group, String name) {
        return all.stream()
                .filter(metric -> metric.metricName().name().equals(name)
                        && metric.metricName().group().equals(group));
    }

    private static long sum(Stream<? extends Metric> metrics) {
        return metrics.mapToLong(JoinFigures::value).sum();
    }

    private static long max(Stream<? extends Metric> metrics) {
        return metrics.mapToLong(JoinFigures::value).max().orElse(0);
    }

    /** An unknown value, as -1 or NaN, counts as zero. */
    private static long value(Metric metric) {
        return metric.metricValue() instanceof Number number && number.doubleValue() > 0 ? number.longValue() : 0;
    }
}
