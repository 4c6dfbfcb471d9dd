package io.replaylinker.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicSinkTest {

    private static final String TOPIC = "replay-links";
    private static final TopicPartition P0 = new TopicPartition(TOPIC, 0);
    private static final TopicPartition P1 = new TopicPartition(TOPIC, 1);
    private final SinkException away = new SinkException(ErrorClass.RETRYABLE, "nobody at home");
    private final SinkException refused = new SinkException(ErrorClass.PERMANENT, "wrong user or password");

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final RecordingInserter inserter = new RecordingInserter();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private @Nullable TopicSink<String> sink;

    @AfterEach
    void closeSink() {
        inserter.release();
        if (sink != null) {
            sink.close();
        }
    }

    @Test
    void shouldCommitWhatHasBeenInserted() throws InterruptedException {
        TopicSink<String> sink = start(2);
        produce(P0, 0, "a", "b", "c");

        boolean reached = sink.awaitCommitted(Map.of(P0, 3L), Duration.ofSeconds(30));

        assertThat(reached).isTrue();
        assertThat(inserter.inserted()).containsExactly("replay-links-0@0..1", "replay-links-0@2..2");
        assertThat(inserter.rows()).isEqualTo("abc");
        assertThat(committed(P0)).isEqualTo(3);
        assertThat(sink.committed()).containsEntry(P0, 3L);
        assertThat(sink.state()).isEqualTo(SinkState.RUNNING);
    }

    @Test
    void shouldNotCommitBeforeTheInsertIsAcknowledged() {
        inserter.hold();
        start(1);
        produce(P0, 0, "a", "b");
        Await.until("the first insert is under way", () -> !inserter.attempted().isEmpty());
        awaitPolls(3);

        assertThat(committed(P0)).isZero();

        inserter.release();
        Await.until("both are committed", () -> committed(P0) == 2);
    }

    @Test
    void shouldTryTheSameBatchAgainAndKeepItsPartitions() {
        inserter.failNext(away);
        inserter.failNext(away);
        TopicSink<String> sink = start(1);
        produce(P0, 0, "a", "b", "c", "d");

        Await.until("all are committed", () -> committed(P0) == 4);

        assertThat(inserter.attempted())
                .startsWith("replay-links-0@0..0", "replay-links-0@0..0", "replay-links-0@0..0", "replay-links-0@1..1");
        assertThat(inserter.rows()).isEqualTo("abcd");
        assertThat(sink.state()).isEqualTo(SinkState.RUNNING);
        assertThat(count("replay_linker_sink_errors", "class", "retryable")).isEqualTo(2);
    }

    @Test
    void shouldPauseAFullPartitionAndReadOnWhenThereIsRoom() {
        inserter.hold();
        start(1);
        produce(P0, 0, "a", "b", "c");
        Await.until("the partition is paused", () -> consumer.paused().contains(P0));

        inserter.release();

        Await.until("it is read again", () -> consumer.paused().isEmpty());
        Await.until("all are committed", () -> committed(P0) == 3);
    }

    @Test
    void shouldStopAtAFailureThatDoesNotPass() throws InterruptedException {
        inserter.failNext(refused);
        TopicSink<String> sink = start(1);
        produce(P0, 0, "a", "b");

        boolean reached = sink.awaitCommitted(Map.of(P0, 2L), Duration.ofSeconds(30));

        assertThat(reached).isFalse();
        assertThat(sink.failure()).contains(refused);
        assertThat(sink.state()).isEqualTo(SinkState.FAILED);
        Await.until("all is let go", () -> consumer.closed() && inserter.isClosed());
        assertThat(inserter.attempted()).hasSize(1);
        assertThat(count("replay_linker_sink_errors", "class", "permanent")).isEqualTo(1);
    }

    @Test
    void shouldNotStartOnTablesThatAreNotFit() {
        inserter.failPreparation(away);
        inserter.failPreparation(refused);
        TopicSink<String> sink = start(1);

        Await.until("the sink has stopped", () -> sink.failure().isPresent());

        assertThat(sink.failure()).contains(refused);
        assertThat(consumer.subscription()).isEmpty();
    }

    @Test
    void shouldStopAtARecordThatIsNoneOfOurs() {
        TopicSink<String> sink = start(1, (topic, data) -> {
            throw new SerializationException("magic byte");
        });
        produce(P0, 7, "a");

        Await.until("the sink has stopped", () -> sink.failure().isPresent());

        assertThat(sink.failure().orElseThrow())
                .hasMessage("record replay-links-0@7 is not what its topic promises"
                        + " (org.apache.kafka.common.errors.SerializationException)");
        assertThat(count("replay_linker_sink_undecodable", "topic", TOPIC)).isEqualTo(1);
        assertThat(inserter.inserted()).isEmpty();
    }

    @Test
    void shouldReadARecordAgainThatCouldNotBeDecodedForNow() {
        AtomicInteger calls = new AtomicInteger();
        start(1, (topic, data) -> {
            if (calls.incrementAndGet() == 2) {
                throw new TimeoutException("the registry is away");
            }
            return new String(data, UTF_8);
        });
        // MockConsumer forgets what it has handed out, so the record is laid down again as a broker would.
        produce(P0, 0, "a", "b");
        Await.until("the second record has failed", () -> calls.get() >= 2);
        produce(P0, 1, "b", "c");

        Await.until("all are committed", () -> committed(P0) == 3);

        assertThat(inserter.rows()).isEqualTo("abc");
    }

    @Test
    void shouldFinishWhatItHasReadWhenItIsClosed() {
        TopicSink<String> sink = start(100);
        produce(P0, 0, "a", "b", "c");
        Await.until("all have been read", () -> position(P0) == 3);
        assertThat(inserter.attempted()).isEmpty();

        sink.close();

        assertThat(inserter.rows()).isEqualTo("abc");
        assertThat(sink.committed()).containsEntry(P0, 3L);
        assertThat(sink.state()).isEqualTo(SinkState.CLOSED);
        assertThat(inserter.isClosed()).isTrue();
    }

    @Test
    void shouldGiveUpInTimeWhatCannotBeFinished() {
        TopicSink<String> sink = start(1);
        inserter.hold();
        produce(P0, 0, "a");
        Await.until("the insert is under way", () -> !inserter.attempted().isEmpty());

        sink.close();

        assertThat(sink.state()).isEqualTo(SinkState.CLOSED);
        assertThat(sink.committed()).doesNotContainEntry(P0, 1L);
    }

    @Test
    void shouldServePartitionsInTurn() {
        inserter.hold();
        start(1);
        produce(P0, 0, "a", "b");
        produce(P1, 0, "x", "y");
        Await.until("all have been read", () -> position(P0) == 2 && position(P1) == 2);

        inserter.release();

        Await.until("all are committed", () -> committed(P0) == 2 && committed(P1) == 2);
        String order = String.join(
                "",
                inserter.inserted().stream()
                        .map(range -> range.substring(TOPIC.length() + 1, range.indexOf('@')))
                        .toList());
        assertThat(order).isIn("0101", "1010");
    }

    @Test
    void shouldCommitTheMarkersOfTransactionsAsSafe() throws InterruptedException {
        TopicSink<String> sink = start(1);
        produce(P0, 0, "a");
        Await.until("the record is committed", () -> committed(P0) == 1);
        consumer.schedulePollTask(() -> consumer.seek(P0, 2));

        boolean reached = sink.awaitCommitted(Map.of(P0, 2L), Duration.ofSeconds(30));

        assertThat(reached).isTrue();
        assertThat(committed(P0)).isEqualTo(2);
    }

    @Test
    void shouldHandOverAPartitionWithItsInsertFinished() {
        inserter.hold();
        TopicSink<String> sink = start(1);
        produce(P0, 0, "a");
        Await.until("the insert is under way", () -> !inserter.attempted().isEmpty());

        inserter.release();
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(P1)));

        Await.until("the partition is gone", () -> consumer.assignment().equals(Set.of(P1)));
        Await.until("nothing is told of it", () -> !sink.committed().containsKey(P0));
        // MockConsumer tells the committed offsets of its own partitions only.
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(P0)));
        Await.until("the partition is back", () -> committed(P0) == 1);
        assertThat(sink.failure()).isEmpty();
    }

    @Test
    void shouldCountWhatItDoes() {
        start(2);
        produce(P0, 0, "a", "b", "c", "d");

        Await.until("all are committed", () -> committed(P0) == 4);

        assertThat(count("replay_linker_sink_batches", "topic", TOPIC)).isEqualTo(2);
        assertThat(count("replay_linker_sink_rows", "topic", TOPIC)).isEqualTo(4);
        assertThat(count("replay_linker_sink_bytes", "topic", TOPIC)).isEqualTo(4);
        assertThat(registry.get("replay_linker_sink_insert").timer().count()).isEqualTo(2);
        assertThat(registry.get("replay_linker_sink_last_success_time").gauge().value())
                .isPositive();
    }

    private TopicSink<String> start(int rows) {
        return start(rows, (topic, data) -> new StringDeserializer().deserialize(topic, data));
    }

    private TopicSink<String> start(int rows, Deserializer<String> deserializer) {
        SinkSettings settings = new SinkSettings(
                new BatchLimits(rows, 1_000, Duration.ofMillis(rows > 10 ? 60_000 : 20)),
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                Duration.ofMillis(300));
        consumer.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(P0, P1)));
        TopicSink<String> started = new TopicSink<>(
                SinkSource.of(TOPIC, Map.of("group.id", "sink"), deserializer),
                (value, timestampMs, out) -> out.write(value.getBytes(UTF_8)),
                inserter,
                settings,
                registry,
                Clock.systemUTC(),
                () -> consumer);
        sink = started;
        started.start();
        return started;
    }

    private void produce(TopicPartition partition, long firstOffset, String... values) {
        consumer.schedulePollTask(() -> {
            long offset = firstOffset;
            for (String value : values) {
                consumer.addRecord(new ConsumerRecord<>(
                        partition.topic(), partition.partition(), offset++, new byte[0], value.getBytes(UTF_8)));
            }
        });
    }

    private long committed(TopicPartition partition) {
        OffsetAndMetadata offset = consumer.committed(Set.of(partition)).get(partition);
        return offset == null ? 0 : offset.offset();
    }

    private long position(TopicPartition partition) {
        return consumer.assignment().contains(partition) ? consumer.position(partition) : -1;
    }

    private void awaitPolls(int polls) {
        AtomicInteger polled = new AtomicInteger();
        for (int i = 0; i < polls; i++) {
            consumer.schedulePollTask(polled::incrementAndGet);
        }
        Await.until("polls", () -> polled.get() == polls);
    }

    private double count(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).counter().count();
    }
}
