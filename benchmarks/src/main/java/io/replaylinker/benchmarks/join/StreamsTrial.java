package io.replaylinker.benchmarks.join;

import io.replaylinker.topology.ShuffleCopy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

/**
 * Runs a topology from the beginning of its sources to the end, which is when all of them are read and no thread has processed anything
 * for a while. The while itself is not counted.
 */
final class StreamsTrial {

    private static final long LOOK_EVERY_MS = 50;
    private static final Duration STANDSTILL = Duration.ofMinutes(1);
    private static final Duration CLOSE_WITHIN = Duration.ofMinutes(1);

    private final TrialPlan plan;
    private final WorkerWiring worker;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    StreamsTrial(TrialPlan plan) {
        this.plan = plan;
        this.worker = new WorkerWiring(plan);
    }

    void run(ProcessUse use, Measurements measurements) throws InterruptedException, IOException {
        worker.prepareTopics();
        Properties properties = worker.streams();
        Progress progress = new Progress(use);
        try (KafkaStreams streams = new KafkaStreams(topology(), properties)) {
            streams.setUncaughtExceptionHandler(thrown -> {
                failure.compareAndSet(null, thrown);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            watch(streams, progress);
            measurements.put(Measurements.RECORDS, read(streams));
            progress.putTimes(measurements);
            use.putMemory(measurements);
            if (!streams.close(CloseOptions.timeout(CLOSE_WITHIN))) {
                throw new IllegalStateException("the topology did not close within " + CLOSE_WITHIN);
            }
        }
        new StateSize(plan.folder().resolve("state")).put(measurements);
    }

    private Topology topology() {
        return switch (plan.subject()) {
            case SHUFFLE -> new ShuffleCopy(worker.pipeline(), plan.output()).build();
            case JOIN -> worker.pipeline().build();
            case DSL, CONSUME, FLINK ->
                throw new IllegalStateException(plan.subject() + " is no topology of Kafka Streams");
        };
    }

    private void watch(KafkaStreams streams, Progress progress) throws InterruptedException {
        long quiet = quiet().toNanos();
        while (progress.quietNanos() < quiet || read(streams) < plan.records()) {
            Throwable failed = failure.get();
            if (failed != null) {
                throw new IllegalStateException("the topology stopped: " + failed, failed);
            }
            if (progress.quietNanos() > STANDSTILL.toNanos()) {
                throw new IllegalStateException(
                        "the topology stands still: %d of %d records read".formatted(read(streams), plan.records()));
            }
            progress.note(processed(streams));
            Thread.sleep(LOOK_EVERY_MS);
        }
    }

    /** Transactions show what they wrote only when they end, and there are two shuffles in a row. */
    private Duration quiet() {
        Duration linger = Duration.ofSeconds(3);
        return plan.guarantee() == Guarantee.EXACTLY_ONCE_V2
                ? linger.plus(worker.commitInterval().multipliedBy(2))
                : linger;
    }

    private static long processed(KafkaStreams streams) {
        return sum(streams, "stream-thread-metrics", "process-total", List.of());
    }

    private long read(KafkaStreams streams) {
        return sum(
                streams,
                "stream-topic-metrics",
                "records-consumed-total",
                plan.sources().all());
    }

    /** Sums a metric over all threads or tasks. */
    private static long sum(KafkaStreams streams, String group, String name, List<String> topics) {
        double sum = 0;
        for (Map.Entry<MetricName, ? extends Metric> metric : streams.metrics().entrySet()) {
            MetricName metricName = metric.getKey();
            if (metricName.name().equals(name)
                    && metricName.group().equals(group)
                    && (topics.isEmpty() || topics.contains(metricName.tags().getOrDefault("topic", "")))) {
                sum += ((Number) metric.getValue().metricValue()).doubleValue();
            }
        }
        return (long) sum;
    }
}
