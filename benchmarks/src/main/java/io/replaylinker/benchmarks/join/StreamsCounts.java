package io.replaylinker.benchmarks.join;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/** How far a topology is, by Streams' own metrics. They are looked up once a second, because there are thousands of others. */
final class StreamsCounts {

    private static final long LOOK_UP_EVERY_NANOS = 1_000_000_000;

    private final KafkaStreams streams;
    private final List<String> sources;
    private final String output;
    private List<? extends Metric> written = List.of();
    private List<? extends Metric> read = List.of();
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
        return sum(read) + sum(written);
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
        read = find("records-consumed-total", sources::contains);
        written = find("records-produced-total", output::equals);
    }

    private List<? extends Metric> find(String metric, Predicate<String> isOfTopic) {
        return streams.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(metric)
                        && entry.getKey().group().equals("stream-topic-metrics")
                        && isOfTopic.test(entry.getKey().tags().getOrDefault("topic", "")))
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
