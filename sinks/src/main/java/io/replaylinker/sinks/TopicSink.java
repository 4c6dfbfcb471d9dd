package io.replaylinker.sinks;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.clickhouse.SinkException;
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
 * Carries the records of one topic into one table, in a thread of its own: nothing is lost, and what is delivered again changes
 * no answer. Offsets are committed after the rows are safe, never before.
 */
public final class TopicSink<T> implements AutoCloseable {

    private final String name;
    private final String topic;
    private final String group;
    private final SinkProgress progress = new SinkProgress();
    private final SinkLoop loop;
    private final Thread thread;
    private final Duration closeWithin;

    /** A sink that stops at a row that does not fit. */
    public TopicSink(
            SinkSource<T> source,
            RowEncoder<T> encoder,
            BatchInserter inserter,
            SinkSettings settings,
            MeterRegistry registry) {
        this(source, encoder, inserter, settings, BadRows.stop(), registry);
    }

    /**
     * A sink with an answer to rows that do not fit.
     *
     * @param badRows what becomes of them
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

    /** Starts and returns at once; {@link #state} and {@link #failure} tell how it goes. */
    public void start() {
        thread.start();
    }

    /** As its metrics are labelled. */
    public String name() {
        return name;
    }

    /** That it reads. */
    public String topic() {
        return topic;
    }

    /** Its consumer group, where Kafka keeps how far it has come. */
    public String group() {
        return group;
    }

    public SinkState state() {
        return progress.state();
    }

    /** Since its thread last began a round, which takes seconds at most; it grows when the thread hangs. */
    public Duration sinceHeartbeat() {
        return progress.sinceHeartbeat();
    }

    /** For how long nothing has reached the table while attempts failed; zero when that is not so. */
    public Duration retryingFor() {
        return progress.retryingFor();
    }

    /** Why the sink stopped by itself; empty while it runs and after a clean end. */
    public Optional<SinkException> failure() {
        return progress.failure();
    }

    /** By partition that this sink holds, the offset up to which (exclusive) every record is safe and committed. */
    public Map<TopicPartition, Long> committed() {
        return progress.committed();
    }

    /**
     * Waits until every record below the given offsets is safe and committed by this very sink.
     *
     * @param endOffsets exclusive, as Kafka's end offsets
     * @return false when the time is over or the sink has ended before
     */
    public boolean awaitCommitted(Map<TopicPartition, Long> endOffsets, Duration timeout) throws InterruptedException {
        return progress.awaitCommitted(endOffsets, timeout);
    }

    /** Finishes what has been read, within the time of the settings; what is left over is read again by the next sink. */
    @Override
    public void close() {
        if (thread.getState() == Thread.State.NEW) {
            loop.release();
            return;
        }
        loop.close();
        try {
            // Leaving the group takes a moment of its own.
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
