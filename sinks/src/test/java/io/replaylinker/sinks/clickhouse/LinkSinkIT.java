package io.replaylinker.sinks.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.embedded.ClickHouseServer;
import io.replaylinker.embedded.KafkaBroker;
import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.Await;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.TopicSink;
import io.replaylinker.testkit.containers.Platform;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Platform.class)
class LinkSinkIT {

    private static final Started STARTED = new Started();

    @SuppressWarnings("NullAway.Init")
    private static KafkaBroker kafka;

    @SuppressWarnings("NullAway.Init")
    private static ClickHouseServer server;

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase database;

    private LinkTopic topic;

    /** JUnit hands the platform to the methods around a run only if the class takes it as well. */
    LinkSinkIT(Platform platform) {}

    @BeforeParameterizedClassInvocation
    static void startServers(Platform platform) {
        kafka = STARTED.with(platform.startKafka());
        server = STARTED.with(platform.startClickHouse());
        database = TestDatabase.migrated(server);
    }

    @AfterParameterizedClassInvocation
    static void stopServers() throws Exception {
        STARTED.stop();
    }

    @BeforeEach
    void emptyTablesAndMakeTopic() {
        database.truncate();
        topic = LinkTopic.create(kafka);
    }

    @Test
    void shouldCarryLinksAndTheirRetractionsIntoTheTable() throws InterruptedException {
        Map<TopicPartition, Long> end = topic.produce(LongStream.range(1, 501).toArray());
        end.putAll(topic.produce(-17, -23));

        try (TopicSink<Link> sink = topic.sink(inserter())) {
            sink.start();
            assertThat(sink.awaitCommitted(end, LinkTopic.LONG_ENOUGH)).isTrue();
        }

        assertThat(database.currentEvents())
                .isEqualTo(LinkTopic.events(LongStream.range(1, 501).filter(n -> n != 17 && n != 23)));
        assertThat(topic.committed()).containsAllEntriesOf(end);
    }

    @Test
    void shouldCommitPastTheMarkersOfTransactionsAndSkipWhatWasAborted() throws InterruptedException {
        try (KafkaProducer<String, String> producer = topic.producer(Map.of("transactional.id", "links"))) {
            producer.initTransactions();
            producer.beginTransaction();
            LinkTopic.get(producer.send(topic.record(0, 1)));
            producer.commitTransaction();
            producer.beginTransaction();
            LinkTopic.get(producer.send(topic.record(0, 2)));
            producer.abortTransaction();
        }
        Map<TopicPartition, Long> end = Map.of(topic.partition(0), 4L);

        try (TopicSink<Link> sink = topic.sink(inserter())) {
            sink.start();
            assertThat(sink.awaitCommitted(end, LinkTopic.LONG_ENOUGH)).isTrue();
        }

        assertThat(database.currentEvents()).isEqualTo(LinkTopic.events(LongStream.of(1)));
        assertThat(topic.committed()).containsAllEntriesOf(end);
    }

    @Test
    void shouldShareThePartitionsWithSinksThatComeAndGo() throws InterruptedException {
        Map<TopicPartition, Long> end;
        try (TopicSink<Link> first = topic.sink(inserter())) {
            first.start();
            topic.produce(LongStream.range(1, 501).toArray());
            try (TopicSink<Link> second = topic.sink(inserter())) {
                second.start();
                end = topic.produce(LongStream.range(501, 1_001).toArray());
                Await.until(
                        "both have partitions",
                        () -> !first.committed().isEmpty()
                                && !second.committed().isEmpty());
            }
            assertThat(first.awaitCommitted(end, LinkTopic.LONG_ENOUGH)).isTrue();
        }

        assertThat(database.currentEvents()).isEqualTo(LinkTopic.events(LongStream.range(1, 1_001)));
        assertThat(topic.committed()).containsAllEntriesOf(end);
    }

    @Test
    void shouldRefuseATableThatLacksAColumn() {
        TestDatabase old = TestDatabase.migrated(server);
        old.execute("ALTER TABLE " + old.table() + " DROP COLUMN linked_at");

        assertThat(failureAtStart(TableSink.LINKS.inserter(old.clickHouse())))
                .isEqualTo(
                        old.clickHouse().settings()
                                + ": column replay_links.linked_at is missing; bring it up to date with the command tables --apply");
    }

    @Test
    void shouldRefuseAnUnknownDatabase() {
        ClickHouse nowhere = TestDatabase.named(server).clickHouse();

        assertThat(failureAtStart(TableSink.LINKS.inserter(nowhere)))
                .endsWith(
                        "database " + nowhere.settings().database()
                                + " does not exist, or the user may not see it; bring it up to date with the command tables --apply");
    }

    @Test
    void shouldReportThatThePasswordIsWrong() {
        ClickHouse stranger =
                new ClickHouse(ClickHouseSettings.of(server.httpUrl(), "db", server.user(), "not-the-secret")
                        .uncompressed());

        assertThat(failureAtStart(TableSink.LINKS.inserter(stranger)))
                .endsWith("checking the tables failed: wrong user or password (code 516)")
                .doesNotContain("not-the-secret");
    }

    private String failureAtStart(BatchInserter inserter) {
        try (TopicSink<Link> sink = topic.sink(inserter)) {
            sink.start();
            Await.until("the sink has stopped", () -> sink.failure().isPresent());
            String message = String.valueOf(sink.failure().orElseThrow().getMessage());
            assertThat(message.lines()).hasSize(1);
            return message;
        }
    }

    private BatchInserter inserter() {
        return TableSink.LINKS.inserter(database.clickHouse());
    }
}
