package io.replaylinker.benchmarks.join;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** How far a topology is, by Streams' own metrics. They are looked up once a second, because there are thousands of others. */
final class StreamsCounts {

    private static final long LOOK_UP_EVERY_NANOS = 1_000_000_000;

    private final KafkaStreams streams;
    private final List<String> sources;
    private List<? extends Metric> processed = List.of();
    private List<? extends Metric> read = List.of();
    private long lookedUpAt;

    StreamsCounts(KafkaStreams streams, List<String> sources) {
        this.streams = streams;
        this.sources = sources;
        this.lookedUpAt = System.nanoTime() - LOOK_UP_EVERY_NANOS;
    }

    /** Records that all threads processed, of internal topics too. */
    long processed() {
        lookUp();
        return sum(processed);
    }

    /** Records that were read from the source topics. */
    long read() {
        lookUp();
        return sum(read);
    }

    private void lookUp() {
        if (System.nanoTime() - lookedUpAt < LOOK_UP_EVERY_NANOS) {
            return;
        }
        lookedUpAt = System.nanoTime();
        processed = find("stream-thread-metrics", "process-total", name -> true);
        read = find(
                "stream-topic-metrics",
                "records-consumed-total",
                name -> sources.contains(name.tags().getOrDefault("topic", "")));
    }

    private List<? extends Metric> find(String group, String metric, Predicate<MetricName> which) {
        return streams.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(metric)
                        && entry.getKey().group().equals(group)
                        && which.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Over all threads or tasks. */
    private static long sum(List<? extends Metric> metrics) {
        return (long) metrics.stream()
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .sum();
    }
}
