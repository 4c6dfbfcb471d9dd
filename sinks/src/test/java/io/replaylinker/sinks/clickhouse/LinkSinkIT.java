package io.replaylinker.sinks.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.Await;
import io.replaylinker.sinks.Batch;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.BatchLimits;
import io.replaylinker.sinks.ErrorClass;
import io.replaylinker.sinks.SinkException;
import io.replaylinker.sinks.SinkSettings;
import io.replaylinker.sinks.SinkSource;
import io.replaylinker.sinks.SinkState;
import io.replaylinker.sinks.TopicSink;
import io.replaylinker.testkit.EmbeddedClickHouse;
import io.replaylinker.testkit.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkSinkIT {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    /** A number is the link of that number; with a minus it is taken back. */
    private static final Deserializer<Link> NUMBERS = (topic, data) -> {
        long number = Long.parseLong(new String(data, UTF_8));
        return number < 0 ? SampleLinks.retracted(-number) : SampleLinks.link(number);
    };

    private static EmbeddedKafka kafka;

    @TempDir
    static Path data;

    private static EmbeddedClickHouse server;
    private TestDatabase database;
    private String topic;

    @BeforeAll
    static void startServers() {
        kafka = EmbeddedKafka.start();
        server = EmbeddedClickHouse.start(data);
    }

    @AfterAll
    static void stopServers() {
        server.close();
        kafka.close();
    }

    @BeforeEach
    void makeTablesAndTopic() {
        database = TestDatabase.migrated(server);
        topic = "replay-links-" + UUID.randomUUID();
        kafka.createTopic(topic, 3, Map.of());
    }

    @Test
    void shouldCarryLinksAndTheirRetractionsIntoTheTable() throws InterruptedException {
        Map<TopicPartition, Long> end = produce(LongStream.range(1, 501).toArray());
        end.putAll(produce(-17, -23));

        try (TopicSink<Link> sink = sink(inserter())) {
            sink.start();
            assertThat(sink.awaitCommitted(end, LONG_ENOUGH)).isTrue();
        }

        assertThat(database.currentEvents())
                .isEqualTo(events(LongStream.range(1, 501).filter(n -> n != 17 && n != 23)));
        assertThat(committed()).containsAllEntriesOf(end);
    }

    @Test
    void shouldCommitPastTheMarkersOfTransactionsAndSkipWhatWasAborted() throws InterruptedException {
        try (KafkaProducer<String, String> producer = producer(Map.of("transactional.id", topic))) {
            producer.initTransactions();
            producer.beginTransaction();
            get(producer.send(record(0, 1)));
            producer.commitTransaction();
            producer.beginTransaction();
            get(producer.send(record(0, 2)));
            producer.abortTransaction();
        }
        Map<TopicPartition, Long> end = Map.of(new TopicPartition(topic, 0), 4L);

        try (TopicSink<Link> sink = sink(inserter())) {
            sink.start();
            assertThat(sink.awaitCommitted(end, LONG_ENOUGH)).isTrue();
        }

        assertThat(database.currentEvents()).isEqualTo(events(LongStream.of(1)));
        assertThat(committed()).containsAllEntriesOf(end);
    }

    @Test
    void shouldNeitherLoseNorDoubleWhenItDiesBetweenInsertAndCommit() throws InterruptedException {
        Map<TopicPartition, Long> end = produce(LongStream.range(1, 201).toArray());
        try (TopicSink<Link> dying = sink(new DiesAfterInsert(inserter()))) {
            dying.start();
            Await.until("the sink is dead", () -> dying.state() == SinkState.FAILED);
        }
        assertThat(database.currentEvents()).isNotEmpty();
        assertThat(committed().values()).allMatch(offset -> offset == 0);

        try (TopicSink<Link> next = sink(inserter())) {
            next.start();
            assertThat(next.awaitCommitted(end, LONG_ENOUGH)).isTrue();
        }

        assertThat(database.currentEvents()).isEqualTo(events(LongStream.range(1, 201)));
    }

    @Test
    void shouldWaitForClickHouseAndGoOnWhereItWas() throws InterruptedException {
        Map<TopicPartition, Long> before = produce(LongStream.range(1, 101).toArray());
        try (TopicSink<Link> sink = sink(inserter())) {
            sink.start();
            assertThat(sink.awaitCommitted(before, LONG_ENOUGH)).isTrue();
            int port = server.port();
            server.close();
            Map<TopicPartition, Long> end = produce(LongStream.range(101, 301).toArray());
            Await.until("the sink has noticed", () -> sink.state() == SinkState.RETRYING);
            assertThat(committed()).containsAllEntriesOf(before);
            assertThat(sink.committed()).containsAllEntriesOf(before);

            server = EmbeddedClickHouse.start(
                    new EmbeddedClickHouse.Options().data(data).listen("127.0.0.1", port));

            assertThat(sink.awaitCommitted(end, LONG_ENOUGH)).isTrue();
            assertThat(sink.state()).isEqualTo(SinkState.RUNNING);
        }
        assertThat(database.currentEvents()).isEqualTo(events(LongStream.range(1, 301)));
        assertThat(database.query("SELECT count() FROM " + database.table())).containsExactly("300");
    }

    @Test
    void shouldRefuseATableThatLacksAColumn() {
        database.execute("ALTER TABLE " + database.table() + " DROP COLUMN linked_at");

        assertThat(failureAtStart(inserter()))
                .isEqualTo(
                        database.clickHouse().settings()
                                + ": column replay_links.linked_at is missing; bring it up to date with the command tables --apply");
    }

    @Test
    void shouldStopWhenAColumnVanishesLater() throws InterruptedException {
        Map<TopicPartition, Long> before = produce(1);
        try (TopicSink<Link> sink = sink(inserter())) {
            sink.start();
            assertThat(sink.awaitCommitted(before, LONG_ENOUGH)).isTrue();
            database.execute("ALTER TABLE " + database.table() + " DROP COLUMN linked_at");

            produce(2);

            Await.until("the sink has stopped", () -> sink.failure().isPresent());
            assertThat(sink.failure().orElseThrow())
                    .hasMessageContaining("the table lacks a column")
                    .hasMessageEndingWith("(code 16)");
        }
    }

    @Test
    void shouldRefuseAnUnknownDatabase() {
        ClickHouse nowhere = TestDatabase.named(server).clickHouse();

        assertThat(failureAtStart(LinkSink.inserter(nowhere)))
                .endsWith("database " + nowhere.settings().database()
                        + " does not exist; bring it up to date with the command tables --apply");
    }

    @Test
    void shouldSayThatThePasswordIsWrong() {
        ClickHouse stranger =
                new ClickHouse(ClickHouseSettings.of(server.httpUrl(), "db", server.user(), "not-the-secret")
                        .uncompressed());

        assertThat(failureAtStart(LinkSink.inserter(stranger)))
                .endsWith("checking the tables failed: wrong user or password (code 516)")
                .doesNotContain("not-the-secret");
    }

    private String failureAtStart(BatchInserter inserter) {
        try (TopicSink<Link> sink = sink(inserter)) {
            sink.start();
            Await.until("the sink has stopped", () -> sink.failure().isPresent());
            String message = String.valueOf(sink.failure().orElseThrow().getMessage());
            assertThat(message.lines()).hasSize(1);
            return message;
        }
    }

    private BatchInserter inserter() {
        return LinkSink.inserter(database.clickHouse());
    }

    private TopicSink<Link> sink(BatchInserter inserter) {
        SinkSettings settings = new SinkSettings(
                new BatchLimits(50, 1 << 20, Duration.ofMillis(100)),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(10));
        Map<String, Object> properties =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", topic, "session.timeout.ms", 10_000);
        return new TopicSink<>(
                SinkSource.of(topic, properties, NUMBERS),
                new LinkColumns(),
                inserter,
                settings,
                new SimpleMeterRegistry());
    }

    /** Spreads the numbers over the partitions and tells where each partition then ends. */
    private Map<TopicPartition, Long> produce(long... numbers) {
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            List<Future<RecordMetadata>> sent = Arrays.stream(numbers)
                    .mapToObj(number -> producer.send(record((int) (Math.abs(number) % 3), number)))
                    .toList();
            Map<TopicPartition, Long> end = new HashMap<>();
            for (Future<RecordMetadata> one : sent) {
                RecordMetadata where = get(one);
                end.merge(new TopicPartition(topic, where.partition()), where.offset() + 1, Math::max);
            }
            return end;
        }
    }

    private ProducerRecord<String, String> record(int partition, long number) {
        return new ProducerRecord<>(topic, partition, null, Long.toString(number));
    }

    private KafkaProducer<String, String> producer(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    private Map<TopicPartition, Long> committed() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            get(admin.listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
            return offsets;
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> events(LongStream numbers) {
        return numbers.mapToObj(number -> String.format("%08x", number)).toList();
    }

    /** As if the process ended after the first insert and before its commit. */
    private record DiesAfterInsert(BatchInserter inserter) implements BatchInserter {

        @Override
        public void prepare() {
            inserter.prepare();
        }

        @Override
        public void insert(Batch batch) {
            inserter.insert(batch);
            throw new SinkException(ErrorClass.PERMANENT, "fail point");
        }

        @Override
        public void close() {
            inserter.close();
        }
    }
}
