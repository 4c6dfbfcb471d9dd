package io.replaylinker.sinks.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.ErrorClasses;
import io.replaylinker.clickhouse.RequestPace;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.Await;
import io.replaylinker.sinks.BadRows;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.SinkState;
import io.replaylinker.sinks.TopicSink;
import io.replaylinker.testkit.FaultyClickHouse;
import io.replaylinker.testkit.FaultyClickHouse.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault of ClickHouse: what is read of it, that nothing is lost, and that nothing is there twice. */
class SickServerIT {

    private static final Duration ALMOST_A_SECOND = Duration.ofMillis(990);
    private static final Duration SOON = Duration.ofMillis(100);

    private static EmbeddedKafka kafka;
    private static EmbeddedClickHouse server;
    private static TestDatabase database;

    private FaultyClickHouse faulty;
    private LinkTopic topic;

    @BeforeAll
    static void startServers() {
        kafka = EmbeddedKafka.start();
        server = EmbeddedClickHouse.start();
        database = TestDatabase.migrated(server);
    }

    @AfterAll
    static void stopServers() {
        server.close();
        kafka.close();
    }

    @BeforeEach
    void emptyTheTablesAndMakeATopic() {
        database.truncate();
        faulty = new FaultyClickHouse(server);
        topic = LinkTopic.create(kafka);
    }

    @AfterEach
    void stopFaultyServer() {
        faulty.close();
    }

    @ParameterizedTest
    @CsvSource({
        "242, Table is in readonly mode",
        "164, default: Cannot execute query in readonly mode.",
        "243, Cannot reserve 1.00 MiB not enough space",
        "252, Too many parts (3000) in table. Merges are processing significantly slower than inserts",
        "319, Unknown status client must retry",
        "209, Timeout exceeded while reading from socket",
        "999, Coordination::Exception: Session expired"
    })
    void shouldWaitUntilTheServerIsWellAndSendTheSameAgain(int code, String message) throws InterruptedException {
        Fault fault = Fault.code(code, message);

        recoversFrom(inserter(database), fault, fault.afterTheRowsAreIn());
    }

    @Test
    void shouldSendTheSameAgainToAServerThatDiesInTheMiddle() throws InterruptedException {
        recoversFrom(inserter(database), Fault.DIES_BEFORE, Fault.DIES_AFTER);
    }

    @Test
    void shouldSendTheSameAgainWhenTheAnswerTakesTooLong() throws InterruptedException {
        recoversFrom(inserter(database), Fault.SILENCE, Fault.SLOW);
    }

    @Test
    void shouldSendTheSameAgainWhenAProxyIsBusy() throws InterruptedException {
        recoversFrom(inserter(database), Fault.status(503), Fault.status(429));
    }

    @Test
    void shouldAskASickServerOnceASecondAtMost() throws InterruptedException {
        ClickHouse clickHouse = new ClickHouse(throughTheProxy(database));

        recoversFrom(TableSink.LINKS.inserter(clickHouse), Fault.DIES_BEFORE, Fault.DIES_BEFORE);

        assertThat(gapsOfTheFirst(3)).allMatch(gap -> gap.compareTo(ALMOST_A_SECOND) >= 0);
    }

    /** The same block is sent until it is in, and is in the table once. */
    private void recoversFrom(BatchInserter inserter, Fault... faults) throws InterruptedException {
        faulty.next(faults);
        Map<TopicPartition, Long> end = topic.produce(3, 6, 9, 12);
        try (TopicSink<Link> sink = topic.sink(inserter)) {
            sink.start();
            assertThat(sink.awaitCommitted(end, LinkTopic.LONG_ENOUGH)).isTrue();
        }

        assertThat(faulty.tokens()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(faulty.tokens().subList(0, 3)).containsOnly(faulty.tokens().get(0));
        assertThat(database.query("SELECT count() FROM " + database.table())).containsExactly("4");
    }

    @ParameterizedTest
    @CsvSource({
        "497, default: Not enough privileges., 'the user lacks rights on the database; it needs INSERT and SELECT (code 497)'",
        "516, default: Authentication failed: password is incorrect, wrong user or password (code 516)",
        "81, Database links does not exist, 'the database does not exist; make it with the command tables --apply (code 81)'",
        "60, Table links.replay_links does not exist, 'the table does not exist; make it with the command tables --apply (code 60)'"
    })
    void shouldStopAndLoseNothingWhereSomebodyMustAct(int code, String message, String line)
            throws InterruptedException {
        faulty.next(Fault.code(code, message));
        Map<TopicPartition, Long> end = topic.produce(3, 6, 9, 12);
        assertThat(failure()).endsWith(line);
        assertThat(faulty.tokens()).hasSize(1);

        try (TopicSink<Link> mended = topic.sink(inserter(database))) {
            mended.start();
            assertThat(mended.awaitCommitted(end, LinkTopic.LONG_ENOUGH)).isTrue();
        }

        // The second sink cut the batch as the first had.
        assertThat(faulty.tokens().get(1)).isEqualTo(faulty.tokens().get(0));
        assertThat(database.query("SELECT count() FROM " + database.table())).containsExactly("4");
    }

    @Test
    void shouldPauseAtTooManyPartsOfTheRealEngine() throws InterruptedException {
        Map<TopicPartition, Long> before = topic.produce(3);
        try (TopicSink<Link> sink = topic.sink(inserter(database))) {
            sink.start();
            assertThat(sink.awaitCommitted(before, LinkTopic.LONG_ENOUGH)).isTrue();
            database.execute("ALTER TABLE " + database.table() + " MODIFY SETTING parts_to_throw_insert = 1");
            Map<TopicPartition, Long> end = topic.produce(6);
            Await.until("the sink has noticed", () -> sink.state() == SinkState.RETRYING);
            assertThat(sink.failure()).isEmpty();

            database.execute("ALTER TABLE " + database.table() + " RESET SETTING parts_to_throw_insert");
            assertThat(sink.awaitCommitted(end, LinkTopic.LONG_ENOUGH)).isTrue();
        }
        assertThat(database.query("SELECT count() FROM " + database.table())).containsExactly("2");
    }

    @Test
    void shouldSetOneBadRowAsideAndLoseNoOther() throws InterruptedException {
        List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
        TestDatabase odd = TestDatabase.migrated(server);
        odd.execute("ALTER TABLE " + odd.table() + " ADD CONSTRAINT odd CHECK"
                + " substring(hex(event_id), 9, 8) != '0000000F'");
        Map<TopicPartition, Long> end =
                topic.produce(LongStream.rangeClosed(1, 10).map(n -> n * 3).toArray());
        try (TopicSink<Link> sink = topic.sink(inserter(odd), BadRows.setAside(deadLetters::add, 0), 50)) {
            sink.start();
            assertThat(sink.awaitCommitted(end, LinkTopic.LONG_ENOUGH)).isTrue();
        }

        assertThat(deadLetters).singleElement().satisfies(deadLetter -> {
            assertThat(deadLetter.getOffset()).isEqualTo(4);
            assertThat(deadLetter.getDetail()).endsWith("a constraint of the table refuses a row (code 469)");
        });
        assertThat(odd.query(
                        "SELECT count(), countIf(substring(hex(event_id), 9, 8) = '0000000F') FROM " + odd.table()))
                .containsExactly("9\t0");
    }

    @Test
    void shouldStopWhereATypeHasChangedAndNameTheColumn() throws InterruptedException {
        TestDatabase changed = TestDatabase.migrated(server);
        Map<TopicPartition, Long> before = topic.produce(3);
        try (TopicSink<Link> sink = topic.sink(inserter(changed))) {
            sink.start();
            assertThat(sink.awaitCommitted(before, LinkTopic.LONG_ENOUGH)).isTrue();
            // Of the same width: without the types in front the server would take the bytes.
            changed.execute("ALTER TABLE " + changed.table() + " MODIFY COLUMN confirmed UInt8");

            topic.produce(6);

            Await.until("the sink has stopped", () -> sink.failure().isPresent());
            assertThat(sink.failure().orElseThrow())
                    .hasMessageEndingWith("column replay_links.confirmed is UInt8 and must be Bool");
        }
        assertThat(changed.query("SELECT count() FROM " + changed.table())).containsExactly("1");
    }

    private String failure() {
        try (TopicSink<Link> sink = topic.sink(inserter(database))) {
            sink.start();
            Await.until("the sink has stopped", () -> sink.failure().isPresent());
            String line = String.valueOf(sink.failure().orElseThrow().getMessage());
            assertThat(line.lines()).hasSize(1);
            return line;
        }
    }

    /** One that does not wait for long before it asks again. */
    private BatchInserter inserter(TestDatabase tables) {
        return TableSink.LINKS.inserter(
                new ClickHouse(throughTheProxy(tables), ErrorClasses.DEFAULT, new RequestPace(SOON, System::nanoTime)));
    }

    private ClickHouseSettings throughTheProxy(TestDatabase tables) {
        ClickHouseSettings real = tables.clickHouse().settings();
        return ClickHouseSettings.of(faulty.url(), real.database(), real.user(), real.password())
                .uncompressed()
                .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    private List<Duration> gapsOfTheFirst(int requests) {
        List<Long> nanos = faulty.insertNanos();
        return IntStream.range(1, requests)
                .mapToObj(i -> Duration.ofNanos(nanos.get(i) - nanos.get(i - 1)))
                .toList();
    }
}
