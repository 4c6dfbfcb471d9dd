package io.replaylinker.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicSinkFailureTest {

    private static final TopicPartition P0 = SinkHarness.P0;

    private final StorageException away = new StorageException(ErrorClass.RETRYABLE, "nobody at home");
    private final StorageException refused = new StorageException(ErrorClass.PERMANENT, "wrong user or password");

    private final SinkHarness harness = new SinkHarness();

    @AfterEach
    void closeSink() {
        harness.close();
    }

    @Test
    void shouldNotCommitBeforeTheInsertIsAcknowledged() {
        harness.inserter().hold();
        harness.start(1);
        harness.produce(P0, 0, "a", "b");
        Await.until(
                "the first insert is under way",
                () -> !harness.inserter().attempted().isEmpty());
        harness.awaitPolls(3);

        assertThat(harness.committed(P0)).isZero();

        harness.inserter().release();
        Await.until("both are committed", () -> harness.committed(P0) == 2);
    }

    @Test
    void shouldTryTheSameBatchAgainAndKeepItsPartitions() {
        harness.inserter().failNext(away);
        harness.inserter().failNext(away);
        TopicSink<String> sink = harness.start(1);
        harness.produce(P0, 0, "a", "b", "c", "d");

        Await.until("all are committed", () -> harness.committed(P0) == 4);

        assertThat(harness.inserter().attempted())
                .startsWith("replay-links-0@0..0", "replay-links-0@0..0", "replay-links-0@0..0", "replay-links-0@1..1");
        assertThat(harness.inserter().rows()).isEqualTo("abcd");
        assertThat(sink.state()).isEqualTo(SinkState.RUNNING);
        assertThat(harness.count("replay_linker_sink_errors", "class", "retry")).isEqualTo(2);
    }

    @Test
    void shouldStopAtAFailureThatDoesNotPass() throws InterruptedException {
        harness.inserter().failNext(refused);
        TopicSink<String> sink = harness.start(1);
        harness.produce(P0, 0, "a", "b");

        boolean reached = sink.awaitCommitted(Map.of(P0, 2L), Duration.ofSeconds(30));

        assertThat(reached).isFalse();
        assertThat(sink.failure()).contains(refused);
        assertThat(sink.state()).isEqualTo(SinkState.FAILED);
        Await.until(
                "all is let go",
                () -> harness.consumer().closed() && harness.inserter().isClosed());
        assertThat(harness.inserter().attempted()).hasSize(1);
        assertThat(harness.count("replay_linker_sink_errors", "class", "stop")).isEqualTo(1);
    }

    @Test
    void shouldNotStartOnTablesThatAreNotFit() {
        harness.inserter().failPreparation(away);
        harness.inserter().failPreparation(refused);
        TopicSink<String> sink = harness.start(1);

        Await.until("the sink has stopped", () -> sink.failure().isPresent());

        assertThat(sink.failure()).contains(refused);
        assertThat(harness.consumer().subscription()).isEmpty();
    }

    @Test
    void shouldStopAtARecordThatIsNoneOfOurs() {
        TopicSink<String> sink = harness.start(1, (topic, data) -> {
            throw new SerializationException("magic byte");
        });
        harness.produce(P0, 7, "a");

        Await.until("the sink has stopped", () -> sink.failure().isPresent());

        assertThat(sink.failure().orElseThrow())
                .hasMessage("record replay-links-0@7 does not match its topic"
                        + " (org.apache.kafka.common.errors.SerializationException)");
        assertThat(harness.count("replay_linker_sink_undecodable", "sink", SinkHarness.TOPIC))
                .isEqualTo(1);
        assertThat(harness.inserter().inserted()).isEmpty();
    }

    @Test
    void shouldReadARecordAgainThatCouldNotBeDecodedForNow() {
        AtomicInteger calls = new AtomicInteger();
        harness.start(1, (topic, data) -> {
            if (calls.incrementAndGet() == 2) {
                throw new TimeoutException("the registry is away");
            }
            return new String(data, UTF_8);
        });
        // MockConsumer forgets what it has handed out, so the record is laid down again as a broker would.
        harness.produce(P0, 0, "a", "b");
        Await.until("the second record has failed", () -> calls.get() >= 2);
        harness.produce(P0, 1, "b", "c");

        Await.until("all are committed", () -> harness.committed(P0) == 3);

        assertThat(harness.inserter().rows()).isEqualTo("abc");
    }

    @Test
    void shouldGiveUpInTimeWhatCannotBeFinished() {
        TopicSink<String> sink = harness.start(1);
        harness.inserter().hold();
        harness.produce(P0, 0, "a");
        Await.until(
                "the insert is under way", () -> !harness.inserter().attempted().isEmpty());

        long requestedNanos = System.nanoTime();
        sink.close();
        Duration took = Duration.ofNanos(System.nanoTime() - requestedNanos);

        assertThat(sink.state()).isEqualTo(SinkState.CLOSED);
        // Well before the ten seconds more after which close() returns although the sink still runs.
        assertThat(took).isBetween(SinkHarness.CLOSE_WITHIN, SinkHarness.CLOSE_WITHIN.plusSeconds(5));
        assertThat(harness.lastCommit(P0).offset()).isZero();
        assertThat(harness.inserter().inserted()).isEmpty();
    }
}
