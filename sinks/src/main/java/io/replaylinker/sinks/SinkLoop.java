package io.replaylinker.sinks;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a sink: poll, collect, insert one batch at a time, commit. While an insert is retried, it continues to poll with full
 * partitions paused, so that it keeps its assignment.
 */
final class SinkLoop implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);
    private static final Duration MAX_BLOCK = Duration.ofMillis(100);

    private final RecordReader<?> reader;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final BatchInserts inserts;
    private final SinkSettings settings;
    private final SinkProgress progress;
    private final SinkMetrics metrics;
    private final LongSupplier nanoTime;
    private final Duration longestPoll;
    private volatile boolean closing;

    SinkLoop(
            RecordReader<?> reader,
            Supplier<Consumer<byte[], byte[]>> consumers,
            BatchInserts inserts,
            SinkSettings settings,
            SinkProgress progress,
            SinkMetrics metrics,
            LongSupplier nanoTime) {
        this.reader = reader;
        this.consumers = consumers;
        this.inserts = inserts;
        this.settings = settings;
        this.progress = progress;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        Duration delay = settings.limits().delay();
        longestPoll = delay.compareTo(MAX_BLOCK) < 0 ? delay : MAX_BLOCK;
    }

    @Override
    @SuppressWarnings("try") // the consumer's metrics only have to be closed
    public void run() {
        try (inserts;
                Consumer<byte[], byte[]> consumer = consumers.get();
                KafkaClientMetrics figures = metrics.watch(consumer)) {
            awaitPrepared();
            AssignedPartitions partitions = new AssignedPartitions(
                    consumer,
                    reader,
                    new InFlightInsert(inserts),
                    new OffsetCommits(progress),
                    settings.limits(),
                    inserts.wantRecords());
            consumer.subscribe(List.of(reader.topic()), partitions);
            while (!closing) {
                step(consumer, partitions);
            }
            drain(partitions);
        } catch (StorageException e) {
            fail(e);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof StorageException known) {
                // Thrown in the middle of a rebalance and wrapped by the consumer.
                fail(known);
            } else if (!closing) {
                fail(new StorageException(
                        ErrorClass.PERMANENT, "reading " + reader.topic() + " failed: " + e.getMessage(), e));
            }
        } finally {
            progress.state(SinkState.CLOSED);
        }
    }

    @Override
    public void close() {
        closing = true;
    }

    /** Closes the resources of a sink that never ran. */
    void release() {
        inserts.close();
    }

    private void awaitPrepared() {
        CompletableFuture<Void> prepared = inserts.prepare();
        while (!closing && !InFlightInsert.isDone(prepared, MAX_BLOCK)) {
            LOG.trace("The inserter is not ready yet");
            progress.heartbeat();
        }
    }

    private void step(Consumer<byte[], byte[]> consumer, AssignedPartitions partitions) {
        progress.heartbeat();
        Duration poll = longestPoll;
        if (partitions.areFull(nanoTime.getAsLong())) {
            partitions.insert(MAX_BLOCK);
            poll = Duration.ZERO;
        }
        partitions.recall();
        partitions.gather(consumer.poll(poll), nanoTime.getAsLong());
        // A batch that is noted already needs no commit before its insert. A batch that has just been closed does.
        partitions.insert(Duration.ZERO);
        partitions.commit();
        partitions.insert(Duration.ZERO);
        partitions.pauseWhatIsFull(nanoTime.getAsLong());
    }

    private void drain(AssignedPartitions partitions) {
        long deadline = nanoTime.getAsLong() + settings.closeWithin().toNanos();
        partitions.closeBatches();
        partitions.commit();
        while (!partitions.areDrained() && nanoTime.getAsLong() - deadline < 0) {
            partitions.insert(MAX_BLOCK);
            partitions.commit();
        }
    }

    private void fail(StorageException failure) {
        LOG.error("The sink of {} has stopped: {}", reader.topic(), failure.getMessage());
        progress.failed(failure);
    }
}
