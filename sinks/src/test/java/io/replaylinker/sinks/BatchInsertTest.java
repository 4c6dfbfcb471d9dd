package io.replaylinker.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.schemas.DeadLetter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The answer to each class of errors, by a clock that runs as fast as the test. */
class BatchInsertTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final SinkSettings SETTINGS = SinkSettings.DEFAULT;

    private final VirtualTimetable time = new VirtualTimetable();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SinkProgress progress = new SinkProgress();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private BadRows badRows = BadRows.stop();

    @Test
    void shouldSendTheSameBatchUntilTheServerIsBack() {
        ScriptedServer server = server(batch -> isBefore(TEN_MINUTES) ? failure(ErrorClass.RETRYABLE) : null);

        CompletableFuture<Void> insert = start(server, "abcd");
        time.advance(TEN_MINUTES.plusMinutes(2));

        assertThat(insert).isCompleted();
        assertThat(server.table()).isEqualTo("abcd");
        assertThat(server.requests()).hasSizeBetween(12, 30).containsOnly("0..3");
        assertThat(server.shortestGap()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(errors("retry")).isEqualTo(server.requests().size() - 1);
    }

    @Test
    void shouldAskASickServerOnceASecondHoweverManySinksThereAre() {
        ScriptedServer server = server(batch -> failure(ErrorClass.RETRYABLE));

        List<CompletableFuture<Void>> inserts =
                List.of(start(server, "ab"), start(server, "cd"), start(server, "ef"), start(server, "gh"));
        time.advance(Duration.ofMinutes(1));

        assertThat(inserts).noneMatch(CompletableFuture::isDone);
        assertThat(server.requests()).hasSizeGreaterThan(10);
        assertThat(server.shortestGap()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldTryOnceAfterALongPauseWhenTheCircuitIsOpen() {
        ScriptedServer server =
                server(batch -> isBefore(Duration.ofMinutes(5)) ? failure(ErrorClass.CIRCUIT_BREAK) : null);

        CompletableFuture<Void> insert = start(server, "abcd");
        time.advance(Duration.ofMinutes(1));
        assertThat(server.requests()).hasSize(1);
        assertThat(circuitOpen()).isEqualTo(1);
        time.advance(TEN_MINUTES);

        assertThat(insert).isCompleted();
        assertThat(server.shortestGap()).isGreaterThanOrEqualTo(Duration.ofSeconds(84));
        assertThat(server.requests()).hasSizeBetween(3, 5);
        assertThat(circuitOpen()).isZero();
    }

    @Test
    void shouldFindTheBadRowByHalvingAndSetItAsideAlone() {
        badRows = BadRows.setAside(deadLetters::add, 2);
        ScriptedServer server = server(batch -> text(batch).contains("X") ? failure(ErrorClass.SPLIT) : null);

        CompletableFuture<Void> insert = start(server, "abcdeXgh");
        time.advance(TEN_MINUTES);

        assertThat(insert).isCompleted();
        assertThat(server.table()).isEqualTo("abcdegh");
        assertThat(server.requests()).containsExactly("0..7", "0..3", "4..7", "4..5", "4..4", "5..5", "6..7");
        assertThat(server.checks()).isEqualTo(1);
        assertThat(deadLetters).singleElement().satisfies(deadLetter -> {
            assertThat(deadLetter.getTopic()).isEqualTo("replay-links");
            assertThat(deadLetter.getOffset()).isEqualTo(5);
            assertThat(deadLetter.getStage()).isEqualTo("sink");
            assertThat(deadLetter.getReason()).isEqualTo("ROW_REFUSED");
            assertThat(deadLetter.getDetail()).isEqualTo("as configured");
            assertThat(deadLetter.getSizeBytes()).isEqualTo(5);
            assertThat(UTF_8.decode(deadLetter.getHead().duplicate()).toString())
                    .isEqualTo("va");
        });
        assertThat(registry.get("replay_linker_sink_set_aside").counter().count())
                .isEqualTo(1);
    }

    @Test
    void shouldStopAtTheBadRowWhereNothingIsSetAside() {
        ScriptedServer server = server(batch -> text(batch).contains("X") ? failure(ErrorClass.SPLIT) : null);

        CompletableFuture<Void> insert = start(server, "abXd");
        time.advance(TEN_MINUTES);

        assertThatThrownBy(insert::get)
                .cause()
                .isInstanceOf(StorageException.class)
                .hasMessage("the row of replay-links-0@2 fails on its own: as configured");
    }

    @Test
    void shouldNotBeSafeBeforeTheDeadLetterIs() {
        List<StorageException> away = new ArrayList<>(List.of(failure(ErrorClass.RETRYABLE)));
        badRows = BadRows.setAside(
                deadLetter -> {
                    if (!away.isEmpty()) {
                        throw away.remove(0);
                    }
                    deadLetters.add(deadLetter);
                },
                0);
        ScriptedServer server = server(batch -> failure(ErrorClass.SPLIT));

        CompletableFuture<Void> insert = start(server, "X");
        time.advance(Duration.ofMillis(2_040));
        assertThat(insert).isNotDone();
        time.advance(TEN_MINUTES);

        assertThat(insert).isCompleted();
        assertThat(deadLetters).hasSize(1);
    }

    @Test
    void shouldTakeManyBadRowsForAMistakeOfTheTable() {
        badRows = BadRows.setAside(deadLetters::add, 0);
        ScriptedServer server = server(batch -> failure(ErrorClass.SPLIT));

        CompletableFuture<Void> insert = start(server, "X".repeat(500));
        time.advance(Duration.ofHours(1));

        assertThatThrownBy(insert::get)
                .cause()
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("more than 100 rows of replay-links-0@0..499 do not fit");
        assertThat(deadLetters).hasSize(100);
    }

    @Test
    void shouldHalveABatchThatTakesTooMuchMemory() {
        ScriptedServer server = server(batch -> batch.rows() > 4 ? failure(ErrorClass.HALVE) : null);

        CompletableFuture<Void> insert = start(server, "abcdefghijklmnop");
        time.advance(TEN_MINUTES);

        assertThat(insert).isCompleted();
        assertThat(server.table()).isEqualTo("abcdefghijklmnop");
        assertThat(server.requests()).containsExactly("0..15", "0..7", "0..3", "4..7", "8..15", "8..11", "12..15");
    }

    @Test
    void shouldPauseWhereSmallPartsTakeTooMuchMemoryAsWell() {
        ScriptedServer server = server(batch -> isBefore(Duration.ofMinutes(3)) ? failure(ErrorClass.HALVE) : null);

        CompletableFuture<Void> insert = start(server, "abcdefghijklmnop");
        time.advance(Duration.ofMinutes(1));
        assertThat(server.requests()).containsExactly("0..15", "0..7", "0..3", "0..1");
        assertThat(circuitOpen()).isEqualTo(1);
        time.advance(TEN_MINUTES);

        assertThat(insert).isCompleted();
        assertThat(server.table()).isEqualTo("abcdefghijklmnop");
    }

    @Test
    void shouldStopAtOnceAtWhatSomebodyMustMend() {
        ScriptedServer server = server(batch -> failure(ErrorClass.PERMANENT));

        CompletableFuture<Void> insert = start(server, "abcd");
        time.advance(TEN_MINUTES);

        assertThat(insert).isCompletedExceptionally();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldNotSendAgainWhatWasAbandoned() {
        ScriptedServer server = server(batch -> failure(ErrorClass.RETRYABLE));
        BatchInsert insert = insert(server, "abcd");
        CompletableFuture<Void> started = insert.start();
        time.advance(Duration.ofMillis(1));

        insert.abandon();
        time.advance(TEN_MINUTES);

        assertThat(started).isDone();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldCutTheSameHalvesEachTime() {
        List<String> tokens = batch("abcde").halves().stream().map(Batch::token).toList();

        assertThat(batch("abcde").halves().stream().map(Batch::token)).isEqualTo(tokens);
        assertThat(batch("abcde").halves().stream().map(BatchInsertTest::text)).containsExactly("ab", "cde");
        assertThat(tokens).doesNotHaveDuplicates().doesNotContain(batch("abcde").token());
    }

    private boolean isBefore(Duration when) {
        return time.nanoTime() < when.toNanos();
    }

    private ScriptedServer server(Function<Batch, @Nullable StorageException> answer) {
        return new ScriptedServer(time, answer);
    }

    private CompletableFuture<Void> start(ScriptedServer server, String rows) {
        return insert(server, rows).start();
    }

    private BatchInsert insert(ScriptedServer server, String rows) {
        SinkMetrics metrics = new SinkMetrics(registry, "replay-links", Clock.systemUTC());
        InsertAttempts attempts =
                new InsertAttempts(server.pace(), new RetryWaits(SETTINGS, Math::random), time, metrics, progress);
        return new BatchInserts(server, attempts, badRows, metrics).of(batch(rows));
    }

    private double errors(String errorClass) {
        return registry.get("replay_linker_sink_errors")
                .tag("class", errorClass)
                .counter()
                .count();
    }

    private double circuitOpen() {
        return registry.get("replay_linker_sink_circuit_open").gauge().value();
    }

    private static StorageException failure(ErrorClass errorClass) {
        return new StorageException(errorClass, "as configured");
    }

    private static String text(Batch batch) {
        return RecordingInserter.text(batch);
    }

    /** A row a letter. */
    private static Batch batch(String rows) {
        List<SourceRecord> records = new ArrayList<>();
        for (int i = 0; i < rows.length(); i++) {
            records.add(new SourceRecord(
                    i, 0, 1, new ConsumerRecord<>("replay-links", 0, i, new byte[0], "value".getBytes(UTF_8))));
        }
        return new Batch(new TopicPartition("replay-links", 0), records, rows.getBytes(UTF_8));
    }
}
