package io.replaylinker.sinks;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.clickhouse.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Writes the records of one topic into one table, in its own thread. No record is lost, and a redelivered record does not change the result
 * of a query. Offsets are committed only after the rows are safe.
 */
public final class TopicSink<T> implements AutoCloseable {

    private final String name;
    private final String topic;
    private final String group;
    private final SinkProgress progress = new SinkProgress();
    private final SinkLoop loop;
    private final Thread thread;
    private final Duration closeWithin;

    /** A sink that stops at a bad row. */
    public TopicSink(
            SinkSource<T> source,
            RowEncoder<T> encoder,
            BatchInserter inserter,
            SinkSettings settings,
            MeterRegistry registry) {
        this(source, encoder, inserter, settings, BadRows.stop(), registry);
    }

    /**
     * A sink with a custom handling of bad rows.
     *
     * @param badRows handling of rows that do not fit
     */
    public TopicSink(
            SinkSource<T> source,
            RowEncoder<T> encoder,
            BatchInserter inserter,
            SinkSettings settings,
            BadRows badRows,
            MeterRegistry registry) {
        this(source, encoder, inserter, settings, badRows, registry, Clock.systemUTC(), () -> consumer(source));
    }

    TopicSink(
            SinkSource<T> source,
            RowEncoder<T> encoder,
            BatchInserter inserter,
            SinkSettings settings,
            BadRows badRows,
            MeterRegistry registry,
            Clock clock,
            Supplier<Consumer<byte[], byte[]>> consumers) {
        name = source.name();
        topic = source.topic();
        group = String.valueOf(source.consumerProperties().get(ConsumerConfig.GROUP_ID_CONFIG));
        SinkMetrics metrics = new SinkMetrics(registry, source.name(), clock);
        String threadName = "sink-" + source.name();
        InsertAttempts attempts = new InsertAttempts(
                inserter.pace(),
                new RetryWaits(settings, () -> ThreadLocalRandom.current().nextDouble()),
                Timetable.inThread(threadName + "-insert"),
                metrics,
                progress);
        closeWithin = settings.closeWithin();
        loop = new SinkLoop(
                new RecordReader<>(source, encoder, metrics),
                consumers,
                new BatchInserts(inserter, attempts, badRows, metrics),
                settings,
                progress,
                metrics,
                System::nanoTime);
        thread = new Thread(loop, threadName);
    }

    /** Starts the sink and returns at once. {@link #state} and {@link #failure} report its progress. */
    public void start() {
        thread.start();
    }

    /** The name, used as a metric label. */
    public String name() {
        return name;
    }

    /** The source topic. */
    public String topic() {
        return topic;
    }

    /** The consumer group that holds the committed offsets. */
    public String group() {
        return group;
    }

    public SinkState state() {
        return progress.state();
    }

    /** The time since the thread last began a round. It is a few seconds at most and grows when the thread hangs. */
    public Duration sinceHeartbeat() {
        return progress.sinceHeartbeat();
    }

    /** How long attempts have failed without any insert; zero if the last attempt succeeded. */
    public Duration retryingFor() {
        return progress.retryingFor();
    }

    /** The failure that stopped the sink; empty while it runs and after a normal stop. */
    public Optional<StorageException> failure() {
        return progress.failure();
    }

    /** For each assigned partition, the offset (exclusive) up to which every record is safe and committed. */
    public Map<TopicPartition, Long> committed() {
        return progress.committed();
    }

    /**
     * Waits until this sink has made every record below the given offsets safe and committed it.
     *
     * @param endOffsets exclusive, like Kafka's end offsets
     * @return false if the time is over or the sink has ended before
     */
    public boolean awaitCommitted(Map<TopicPartition, Long> endOffsets, Duration timeout) throws InterruptedException {
        return progress.awaitCommitted(endOffsets, timeout);
    }

    /** Finishes what has been read, within the time of the settings. The next sink reads the rest again. */
    @Override
    public void close() {
        if (thread.getState() == Thread.State.NEW) {
            loop.release();
            return;
        }
        loop.close();
        try {
            // Leaving the group takes additional time.
            thread.join(closeWithin.plusSeconds(10).toMillis());
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private static Consumer<byte[], byte[]> consumer(SinkSource<?> source) {
        return new KafkaConsumer<>(
                source.effectiveProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
