package io.replaylinker.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** A sink of texts between Kafka's own scripted consumer and an inserter that keeps what it is given. */
final class SinkHarness implements AutoCloseable {

    static final String TOPIC = "replay-links";
    static final TopicPartition P0 = new TopicPartition(TOPIC, 0);
    static final TopicPartition P1 = new TopicPartition(TOPIC, 1);

    /** How long a sink has to finish what it has read. */
    static final Duration CLOSE_WITHIN = Duration.ofMillis(300);

    private final Map<TopicPartition, OffsetAndMetadata> left = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> commits = new ConcurrentHashMap<>();
    private final MockConsumer<byte[], byte[]> consumer = new RememberingConsumer(left, commits);
    private final RecordingInserter inserter = new RecordingInserter();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private @Nullable TopicSink<String> sink;

    MockConsumer<byte[], byte[]> consumer() {
        return consumer;
    }

    RecordingInserter inserter() {
        return inserter;
    }

    SimpleMeterRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        inserter.release();
        if (sink != null) {
            sink.close();
        }
    }

    TopicSink<String> start(int rows) {
        return start(rows, (topic, data) -> new StringDeserializer().deserialize(topic, data));
    }

    TopicSink<String> start(int rows, Deserializer<String> deserializer) {
        SinkSettings settings = new SinkSettings(
                new BatchLimits(rows, 1_000, Duration.ofMillis(rows > 10 ? 60_000 : 20)),
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                Duration.ofMillis(50),
                CLOSE_WITHIN);
        consumer.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(P0, P1)));
        TopicSink<String> started = new TopicSink<>(
                SinkSource.of(TOPIC, Map.of("group.id", "sink"), deserializer),
                (value, timestampMs, out) -> out.write(value.getBytes(UTF_8)),
                inserter,
                settings,
                BadRows.stop(),
                registry,
                Clock.systemUTC(),
                () -> consumer);
        sink = started;
        started.start();
        return started;
    }

    void produce(TopicPartition partition, long firstOffset, String... values) {
        consumer.schedulePollTask(() -> {
            long offset = firstOffset;
            for (String value : values) {
                consumer.addRecord(new ConsumerRecord<>(
                        partition.topic(), partition.partition(), offset++, new byte[0], value.getBytes(UTF_8)));
            }
        });
    }

    long committed(TopicPartition partition) {
        OffsetAndMetadata offset = consumer.committed(Set.of(partition)).get(partition);
        return offset == null ? 0 : offset.offset();
    }

    /** What Kafka keeps of the partition; offset 0 without metadata before the first commit. */
    OffsetAndMetadata note(TopicPartition partition) {
        OffsetAndMetadata note = consumer.committed(Set.of(partition)).get(partition);
        return note == null ? new OffsetAndMetadata(0) : note;
    }

    /** As {@link #note}, and also when the consumer is closed. */
    OffsetAndMetadata lastCommit(TopicPartition partition) {
        return commits.getOrDefault(partition, new OffsetAndMetadata(0));
    }

    /** The partition as a sink before this one has left it. */
    void startsFrom(TopicPartition partition, OffsetAndMetadata note, long endOffset) {
        consumer.updateEndOffsets(Map.of(partition, endOffset));
        left.put(partition, note);
    }

    long position(TopicPartition partition) {
        return consumer.assignment().contains(partition) ? consumer.position(partition) : -1;
    }

    void awaitPolls(int polls) {
        AtomicInteger polled = new AtomicInteger();
        for (int i = 0; i < polls; i++) {
            consumer.schedulePollTask(polled::incrementAndGet);
        }
        Await.until("polls", () -> polled.get() == polls);
    }

    double count(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).counter().count();
    }

    /** MockConsumer tells what is committed of its own partitions only, and only while it is open. */
    private static final class RememberingConsumer extends MockConsumer<byte[], byte[]> {

        private final Map<TopicPartition, OffsetAndMetadata> left;
        private final Map<TopicPartition, OffsetAndMetadata> commits;

        RememberingConsumer(
                Map<TopicPartition, OffsetAndMetadata> left, Map<TopicPartition, OffsetAndMetadata> commits) {
            super("earliest");
            this.left = left;
            this.commits = commits;
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                Set<TopicPartition> partitions, Duration timeout) {
            Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>(super.committed(partitions));
            left.forEach((partition, note) -> {
                if (partitions.contains(partition)) {
                    known.putIfAbsent(partition, note);
                }
            });
            return known;
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            super.commitSync(offsets, timeout);
            commits.putAll(offsets);
        }
    }
}
