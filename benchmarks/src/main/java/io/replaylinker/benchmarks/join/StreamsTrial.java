package io.replaylinker.benchmarks.join;

import io.replaylinker.topology.ReplayLinkTopology;
import io.replaylinker.topology.ShuffleCopy;
import io.replaylinker.topology.shuffle.PackingClients;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.jspecify.annotations.Nullable;

/**
 * Runs a topology from the beginning of its sources to the end, which is when all of them are read and nothing was written to the output
 * for a while. The while itself is not counted.
 */
final class StreamsTrial {

    private static final long LOOK_EVERY_MS = 50;
    private static final Duration STANDSTILL = Duration.ofMinutes(1);
    private static final Duration CLOSE_WITHIN = Duration.ofMinutes(1);

    private final TrialPlan plan;
    private final WorkerWiring worker;
    private final ReplayLinkTopology pipeline;
    private final LongAdder pairs = new LongAdder();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    StreamsTrial(TrialPlan plan) {
        this.plan = plan;
        this.worker = new WorkerWiring(plan);
        this.pipeline = worker.pipeline();
    }

    void run(ProcessUse use, Measurements measurements) throws InterruptedException, IOException {
        worker.prepareTopics();
        Properties properties = worker.streams();
        Progress progress = new Progress(use);
        try (KafkaStreams streams = new KafkaStreams(topology(), properties, clients())) {
            streams.setUncaughtExceptionHandler(thrown -> {
                failure.compareAndSet(null, thrown);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            StreamsCounts counts = new StreamsCounts(streams, plan.sources().all(), plan.output());
            watch(counts, progress);
            measurements.put(Measurements.RECORDS, counts.read());
            measurements.put(Measurements.PAIRS, pairs.sum());
            progress.putTimes(measurements);
            use.putMemory(measurements);
            measurements.put(Measurements.STATE_BYTES, worker.stateBytes());
            if (!streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(CLOSE_WITHIN))) {
                throw new IllegalStateException("the topology did not close within " + CLOSE_WITHIN);
            }
        }
        if (plan.subject() == Subject.JOIN) {
            restore(properties, measurements);
        }
    }

    /** Starts a second join on what the first one has left in Kafka. */
    private void restore(Properties properties, Measurements measurements) throws InterruptedException {
        ReplayLinkTopology again = worker.pipeline();
        LongAdder blocks = new LongAdder();
        long startedNanos = System.nanoTime();
        try (KafkaStreams streams = new KafkaStreams(again.build(), properties, again.clients())) {
            streams.setGlobalStateRestoreListener(new BlockCount(blocks));
            streams.start();
            while (streams.state() != KafkaStreams.State.RUNNING) {
                if (System.nanoTime() - startedNanos > STANDSTILL.toNanos()) {
                    throw new IllegalStateException("the state is not read again within " + STANDSTILL);
                }
                Thread.sleep(LOOK_EVERY_MS);
            }
            measurements.put(
                    Measurements.RESTORE_MS,
                    Duration.ofNanos(System.nanoTime() - startedNanos).toMillis());
            measurements.put(Measurements.RESTORED_BLOCKS, blocks.sum());
            streams.close(CloseOptions.timeout(CLOSE_WITHIN));
        }
    }

    private record BlockCount(LongAdder blocks) implements StateRestoreListener {

        @Override
        public void onRestoreStart(TopicPartition topic, String store, long from, long to) {}

        @Override
        public void onBatchRestored(TopicPartition topic, String store, long to, long restored) {
            blocks.add(restored);
        }

        @Override
        public void onRestoreEnd(TopicPartition topic, String store, long total) {}
    }

    private Topology topology() {
        return switch (plan.subject()) {
            case SHUFFLE, PACKED -> new ShuffleCopy(pipeline, worker.shufflePartitions(), plan.output()).build();
            case JOIN -> pipeline.build();
            case DSL -> worker.dslJoin(pairs).build();
            case CONSUME, FLINK -> throw new IllegalStateException(plan.subject() + " is no topology of Kafka Streams");
        };
    }

    /** The bare copy is one of records, so it gets the clients that Streams would make itself. */
    private KafkaClientSupplier clients() {
        return switch (plan.subject()) {
            case PACKED, JOIN -> pipeline.clients();
            case CONSUME, SHUFFLE, DSL, FLINK -> new PackingClients(topic -> false);
        };
    }

    private void watch(StreamsCounts counts, Progress progress) throws InterruptedException {
        long quiet = quiet().toNanos();
        while (progress.quietNanos() < quiet || counts.read() < plan.records()) {
            Throwable failed = failure.get();
            if (failed != null) {
                throw new IllegalStateException("the topology stopped: " + failed, failed);
            }
            if (progress.quietNanos() > STANDSTILL.toNanos()) {
                throw new IllegalStateException(
                        "the topology stands still: %d of %d records read".formatted(counts.read(), plan.records()));
            }
            progress.note(counts.readAndWritten());
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
}
