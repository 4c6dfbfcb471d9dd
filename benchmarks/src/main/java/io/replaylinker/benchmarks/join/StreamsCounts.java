package io.replaylinker.benchmarks.join;

import java.util.HashMap;
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
    private final String output;
    private final Total written = new Total();
    private final Total read = new Total();
    private long lookedUpAt;

    StreamsCounts(KafkaStreams streams, List<String> sources, String output) {
        this.streams = streams;
        this.sources = sources;
        this.output = output;
        this.lookedUpAt = System.nanoTime() - LOOK_UP_EVERY_NANOS;
    }

    /**
     * Records that were read from the source topics, and those that were written to the output. What lies between is not counted: there a
     * record may hold hundreds of entries, or a tick that nobody waits for.
     */
    long readAndWritten() {
        lookUp();
        return read.sum() + written.sum();
    }

    /** Records that were read from the source topics. */
    long read() {
        lookUp();
        return read.sum();
    }

    private void lookUp() {
        if (System.nanoTime() - lookedUpAt < LOOK_UP_EVERY_NANOS) {
            return;
        }
        lookedUpAt = System.nanoTime();
        read.of(find("records-consumed-total", sources::contains));
        written.of(find("records-produced-total", output::equals));
    }

    private List<? extends Metric> find(String metric, Predicate<String> isOfTopic) {
        return streams.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(metric)
                        && entry.getKey().group().equals("stream-topic-metrics")
                        && isOfTopic.test(entry.getKey().tags().getOrDefault("topic", "")))
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * Sum of a metric over all threads or tasks. What a task counted before a rebalance moved it counts as well, though its metrics are
     * gone: without it a trial that was moved would never come to its end.
     */
    private static final class Total {

        private final Map<MetricName, Long> last = new HashMap<>();
        private List<? extends Metric> present = List.of();
        private long gone;

        void of(List<? extends Metric> metrics) {
            // A metric that is gone still has its last value.
            note();
            present = metrics;
        }

        long sum() {
            note();
            return gone + last.values().stream().mapToLong(Long::longValue).sum();
        }

        private void note() {
            for (Metric metric : present) {
                long value = ((Number) metric.metricValue()).longValue();
                Long before = last.put(metric.metricName(), value);
                gone += before != null && before > value ? before : 0;
            }
        }
    }
}
