package io.replaylinker.sinks.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.ErrorClasses;
import io.replaylinker.clickhouse.LinkColumns;
import io.replaylinker.clickhouse.RequestPace;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.Await;
import io.replaylinker.sinks.BadRows;
import io.replaylinker.sinks.Batch;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.Batches;
import io.replaylinker.sinks.SimulatedInsert;
import io.replaylinker.sinks.SinkState;
import io.replaylinker.sinks.TopicSink;
import io.replaylinker.sinks.VirtualTimetable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when one of the parts goes away; on loopback, where it can be made to. */
class LinkSinkFaultsIT {

    @TempDir
    static Path data;

    private static EmbeddedKafka kafka;
    private static EmbeddedClickHouse server;

    private TestDatabase database;
    private LinkTopic topic;

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
        topic = LinkTopic.create(kafka);
    }

    @Test
    void shouldNeitherLoseNorDoubleWhenItDiesBetweenInsertAndCommit() throws InterruptedException {
        Map<TopicPartition, Long> end = topic.produce(LongStream.range(1, 201).toArray());
        try (TopicSink<Link> dying = topic.sink(new DiesAfterInsert(inserter()))) {
            dying.start();
            Await.until("the sink is dead", () -> dying.state() == SinkState.FAILED);
        }
        assertThat(database.currentEvents()).isNotEmpty();
        assertThat(topic.committed().values()).isNotEmpty().allMatch(offset -> offset == 0);

        try (TopicSink<Link> next = topic.sink(inserter())) {
            next.start();
            assertThat(next.awaitCommitted(end, LinkTopic.LONG_ENOUGH)).isTrue();
        }

        assertThat(database.currentEvents()).isEqualTo(LinkTopic.events(LongStream.range(1, 201)));
    }

    @Test
    void shouldRepeatTheVeryBatchThatWasOnItsWayWithOtherLimits() throws InterruptedException {
        Map<TopicPartition, Long> end = topic.produce(LongStream.range(1, 201).toArray());
        try (TopicSink<Link> dying = topic.sink(new DiesAfterInsert(inserter()))) {
            dying.start();
            Await.until("the sink is dead", () -> dying.state() == SinkState.FAILED);
        }

        try (TopicSink<Link> next = topic.sink(inserter(), BadRows.stop(), 7)) {
            next.start();
            assertThat(next.awaitCommitted(end, LinkTopic.LONG_ENOUGH)).isTrue();
        }

        // Without FINAL: the block itself was known by its token.
        assertThat(database.query("SELECT count() FROM " + database.table())).containsExactly("200");
    }

    @Test
    void shouldOutlastTenMinutesWithoutAServer() {
        VirtualTimetable time = new VirtualTimetable();
        ClickHouse clickHouse = new ClickHouse(
                database.clickHouse().settings(),
                ErrorClasses.DEFAULT,
                new RequestPace(Duration.ofSeconds(1), time::nanoTime));
        BatchInserter inserter = TableSink.LINKS.inserter(clickHouse);
        inserter.prepare();
        int port = server.port();
        server.close();

        CompletableFuture<Void> insert = SimulatedInsert.start(
                inserter,
                time,
                Batches.of(0, new LinkColumns()::encode, 0, List.of(SampleLinks.link(1), SampleLinks.link(2))));
        time.advance(Duration.ofMinutes(10));
        assertThat(insert).isNotDone();
        server = EmbeddedClickHouse.start(
                new EmbeddedClickHouse.Options().data(data).listen("127.0.0.1", port));
        time.advance(Duration.ofMinutes(2));

        assertThat(insert).isCompleted();
        assertThat(database.query("SELECT count() FROM " + database.table())).containsExactly("2");
        inserter.close();
    }

    @Test
    void shouldWaitForClickHouseAndGoOnWhereItWas() throws InterruptedException {
        Map<TopicPartition, Long> before =
                topic.produce(LongStream.range(1, 101).toArray());
        try (TopicSink<Link> sink = topic.sink(inserter())) {
            sink.start();
            assertThat(sink.awaitCommitted(before, LinkTopic.LONG_ENOUGH)).isTrue();
            int port = server.port();
            server.close();
            Map<TopicPartition, Long> end =
                    topic.produce(LongStream.range(101, 301).toArray());
            Await.until("the sink has noticed", () -> sink.state() == SinkState.RETRYING);
            assertThat(topic.committed()).containsAllEntriesOf(before);
            assertThat(sink.committed()).containsAllEntriesOf(before);

            server = EmbeddedClickHouse.start(
                    new EmbeddedClickHouse.Options().data(data).listen("127.0.0.1", port));

            assertThat(sink.awaitCommitted(end, LinkTopic.LONG_ENOUGH)).isTrue();
            assertThat(sink.state()).isEqualTo(SinkState.RUNNING);
        }
        assertThat(database.currentEvents()).isEqualTo(LinkTopic.events(LongStream.range(1, 301)));
        assertThat(database.query("SELECT count() FROM " + database.table())).containsExactly("300");
    }

    @Test
    void shouldStopWhenAColumnVanishesLater() throws InterruptedException {
        Map<TopicPartition, Long> before = topic.produce(1);
        try (TopicSink<Link> sink = topic.sink(inserter())) {
            sink.start();
            assertThat(sink.awaitCommitted(before, LinkTopic.LONG_ENOUGH)).isTrue();
            database.execute("ALTER TABLE " + database.table() + " DROP COLUMN linked_at");

            topic.produce(2);

            Await.until("the sink has stopped", () -> sink.failure().isPresent());
            assertThat(sink.failure().orElseThrow())
                    .hasMessageContaining("the table lacks a column")
                    .hasMessageEndingWith("(code 16)");
        }
    }

    private BatchInserter inserter() {
        return TableSink.LINKS.inserter(database.clickHouse());
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
            throw new StorageException(ErrorClass.PERMANENT, "fail point");
        }

        @Override
        public void close() {
            inserter.close();
        }
    }
}
