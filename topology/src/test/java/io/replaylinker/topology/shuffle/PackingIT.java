package io.replaylinker.topology.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.embedded.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Blocks on a real broker: when they are sent, what becomes of them in a transaction, and where a state begins to read them again. */
class PackingIT {

    private static final long TEN = 1_795_168_800_000L;
    private static EmbeddedKafka kafka = EmbeddedKafka.start(Map.of("log.retention.ms", "-1"));

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void shouldSendABlockBeforeAFlushReturns() {
        TopicPartition partition = topic("flushed");
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            IntStream.range(0, 100).forEach(number -> send(producer, partition, "entry " + number, TEN + number));
            producer.flush();

            assertThat(entries(partition)).hasSize(100).startsWith("entry 0").endsWith("entry 99");
            assertThat(blocks(partition, "read_uncommitted")).hasSizeLessThan(10);
        }
    }

    @Test
    void shouldSendABlockThatNobodyFlushes() throws Exception {
        TopicPartition partition = topic("left-open");
        CompletableFuture<Long> written = new CompletableFuture<>();
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            send(producer, partition, "alone", TEN, (metadata, failure) -> written.complete(metadata.offset()));

            assertThat(written.get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void shouldCommitWhatIsOpenWithItsTransactionAndDropItWithOneThatIsAborted() {
        TopicPartition partition = topic("transactional");
        try (Producer<byte[], byte[]> producer = producer(Map.of("transactional.id", "packing"))) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, partition, "committed", TEN);
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, partition, "aborted", TEN);
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, partition, "after", TEN);
            producer.commitTransaction();
        }

        assertThat(blocks(partition, "read_committed")).hasSize(2);
        assertThat(entries(partition)).containsExactly("committed", "after");
    }

    @Test
    void shouldNotifyEachSenderOfABlockThatTheBrokerRefuses() {
        // Given
        TopicPartition partition = topic("refused");
        List<String> notified = new ArrayList<>();

        // When
        try (Producer<byte[], byte[]> producer = producer(Map.of("max.request.size", "4096"))) {
            for (String sender : List.of("first", "second")) {
                send(
                        producer,
                        partition,
                        "x".repeat(3_000),
                        TEN,
                        (metadata, failure) ->
                                notified.add(sender + " " + (failure instanceof RecordTooLargeException)));
            }
            producer.flush();
        }

        // Then
        assertThat(notified).containsExactly("first true", "second true");
    }

    @Test
    void shouldWaitOnceForABrokerThatIsAwayAndNotOnceForEachBlock() {
        // Given
        List<Boolean> notified = new ArrayList<>();
        long startedAt = System.nanoTime();

        // When
        try (Producer<byte[], byte[]> producer = new PackingClients(topic -> true)
                .getProducer(Map.of("bootstrap.servers", "localhost:1", "max.block.ms", "1000"))) {
            for (int partition = 0; partition < 40; partition++) {
                send(producer, new TopicPartition("away", partition), "entry", TEN, (metadata, failure) -> {
                    synchronized (notified) {
                        notified.add(failure instanceof TimeoutException);
                    }
                });
            }
            producer.flush();
        }

        // Then
        assertThat(notified).hasSize(40).doesNotContain(false);
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void shouldSendEntriesDirectlyUntilTheNextCommit() {
        TopicPartition partition = topic("direct");
        PackingClients clients = new PackingClients(topic -> true);
        BlockSender sender = new BlockSender(clients, partition.topic(), 1);
        assertThat(sender.isOpen()).isFalse();
        try (Producer<byte[], byte[]> producer = clients.getProducer(config(ofThisThread()))) {
            assertThat(sender.isOpen()).isFalse();
            send(producer, partition, "through Streams", TEN);
            sender.sentByStreams();
            assertThat(sender.isOpen()).isTrue();
            sender.send(new byte[16], BlockTest.block("direct"), TEN + 1);
            producer.flush();

            assertThat(sender.isOpen()).isFalse();
            assertThat(entries(partition)).containsExactly("through Streams", "direct");
            assertThat(blocks(partition, "read_uncommitted")).hasSize(1);
        }
    }

    @Test
    void shouldFailTheTaskWhoseDirectEntryIsRefused() {
        TopicPartition partition = topic("direct-refused");
        PackingClients clients = new PackingClients(topic -> true);
        BlockSender sender = new BlockSender(clients, partition.topic(), 1);
        List<Boolean> refused = new ArrayList<>();
        Map<String, Object> config = new HashMap<>(ofThisThread());
        config.put("max.request.size", "4096");
        try (Producer<byte[], byte[]> producer = clients.getProducer(config(config))) {
            send(
                    producer,
                    partition,
                    "through Streams",
                    TEN,
                    (metadata, failure) -> refused.add(failure instanceof RecordTooLargeException));
            sender.sentByStreams();
            sender.send(new byte[16], BlockTest.block("x".repeat(5_000)), TEN);
            producer.flush();
        }

        // The timer may have sent the first entry alone.
        assertThat(refused).contains(true);
    }

    /** As Kafka Streams names the producer of a stream thread. */
    private static Map<String, Object> ofThisThread() {
        return Map.of("client.id", Thread.currentThread().getName() + "-producer");
    }

    @Test
    void shouldBeginToRestoreWhereTheWindowBeginsAndNotEarlier() {
        // Given a block a minute for four hours, of which three are committed, with a window of one; every 25th notes
        // the
        // progress of its reader, which is half an hour behind
        TopicPartition partition = topic("window");
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            for (int minute = 0; minute < 240; minute++) {
                send(
                        producer,
                        partition,
                        "minute " + minute,
                        TEN + Duration.ofMinutes(minute).toMillis());
                producer.flush();
            }
        }
        try (KafkaConsumer<byte[], byte[]> group = consumer(Map.of("group.id", "window"))) {
            group.assign(List.of(partition));
            group.commitSync(Map.of(partition, new OffsetAndMetadata(181)));
        }
        PackingClients clients =
                new PackingClients("window"::equals, "window", Duration.ofHours(1), PackingIT::halfAnHourBehind);

        // When
        try (var restore = clients.getRestoreConsumer(config(Map.of("client.id", "restore")))) {
            restore.assign(List.of(partition));
            restore.seekToBeginning(List.of(partition));

            // Then minute 175 was the last one committed to note it, and clocks may be ten minutes apart
            assertThat(restore.position(partition)).isEqualTo(175 - 30 - 60 - 10);
            assertThat(clients.restoredFrom(partition)).hasValue(175 - 30 - 60 - 10);
        }
    }

    private static OptionalLong halfAnHourBehind(String topic, byte[] block) {
        OptionalLong[] reached = {OptionalLong.empty()};
        Block.read(block, 0, (bytes, from, length, timestampMs) -> {
            long minute = (timestampMs - TEN) / Duration.ofMinutes(1).toMillis();
            if (minute % 25 == 0) {
                reached[0] =
                        OptionalLong.of(timestampMs - Duration.ofMinutes(30).toMillis());
            }
        });
        return reached[0];
    }

    @Test
    void shouldRestoreFromTheBeginningWhatWasNeverCommitted() {
        TopicPartition partition = topic("new");
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            send(producer, partition, "first", TEN);
        }
        PackingClients clients =
                new PackingClients("new"::equals, "new", Duration.ofHours(1), PackingIT::halfAnHourBehind);
        try (var restore = clients.getRestoreConsumer(config(Map.of("client.id", "restore")))) {
            restore.assign(List.of(partition));
            restore.seekToBeginning(List.of(partition));

            assertThat(restore.position(partition)).isZero();
        }
    }

    private static TopicPartition topic(String name) {
        kafka.createTopic(name, 1, Map.of());
        return new TopicPartition(name, 0);
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> more) {
        return new PackingClients(topic -> true).getProducer(config(more));
    }

    private static Map<String, Object> config(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("bootstrap.servers", kafka.bootstrapServers());
        return config;
    }

    private static void send(Producer<byte[], byte[]> producer, TopicPartition to, String text, long timestampMs) {
        send(producer, to, text, timestampMs, (metadata, failure) -> {});
    }

    private static void send(
            Producer<byte[], byte[]> producer, TopicPartition to, String text, long timestampMs, Callback callback) {
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(to.topic(), to.partition(), timestampMs, new byte[0], BlockTest.block(text)),
                callback);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> more) {
        return new KafkaConsumer<>(config(more), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<String> entries(TopicPartition partition) {
        List<String> entries = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> block : blocks(partition, "read_committed")) {
            Block.read(
                    block.value(),
                    block.timestamp(),
                    (bytes, from, length, ms) -> entries.add(new String(bytes, from, length, StandardCharsets.UTF_8)));
        }
        return entries;
    }

    private static List<ConsumerRecord<byte[], byte[]>> blocks(TopicPartition partition, String isolation) {
        List<ConsumerRecord<byte[], byte[]>> blocks = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of("isolation.level", isolation))) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(blocks::add);
            }
        }
        return blocks;
    }
}
