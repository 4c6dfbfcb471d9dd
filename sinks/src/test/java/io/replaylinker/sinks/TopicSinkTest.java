package io.replaylinker.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicSinkTest {

    private static final TopicPartition P0 = SinkHarness.P0;
    private static final TopicPartition P1 = SinkHarness.P1;

    private final SinkHarness harness = new SinkHarness();

    @AfterEach
    void closeSink() {
        harness.close();
    }

    @Test
    void shouldCommitWhatHasBeenInserted() throws InterruptedException {
        TopicSink<String> sink = harness.start(2);
        harness.produce(P0, 0, "a", "b", "c");

        boolean reached = sink.awaitCommitted(Map.of(P0, 3L), Duration.ofSeconds(30));

        assertThat(reached).isTrue();
        assertThat(harness.inserter().inserted()).containsExactly("replay-links-0@0..1", "replay-links-0@2..2");
        assertThat(harness.inserter().rows()).isEqualTo("abc");
        assertThat(harness.committed(P0)).isEqualTo(3);
        assertThat(sink.committed()).containsEntry(P0, 3L);
        assertThat(sink.state()).isEqualTo(SinkState.RUNNING);
    }

    @Test
    void shouldPauseAFullPartitionAndReadOnWhenThereIsRoom() {
        harness.inserter().hold();
        harness.start(1);
        harness.produce(P0, 0, "a", "b", "c");
        Await.until("the partition is paused", () -> harness.consumer().paused().contains(P0));

        harness.inserter().release();

        Await.until("it is read again", () -> harness.consumer().paused().isEmpty());
        Await.until("all are committed", () -> harness.committed(P0) == 3);
    }

    @Test
    void shouldFinishWhatItHasReadWhenItIsClosed() {
        TopicSink<String> sink = harness.start(100);
        harness.produce(P0, 0, "a", "b", "c");
        Await.until("all have been read", () -> harness.position(P0) == 3);
        assertThat(harness.inserter().attempted()).isEmpty();

        sink.close();

        assertThat(harness.inserter().rows()).isEqualTo("abc");
        assertThat(sink.committed()).containsEntry(P0, 3L);
        assertThat(sink.state()).isEqualTo(SinkState.CLOSED);
        assertThat(harness.inserter().isClosed()).isTrue();
    }

    @Test
    void shouldServePartitionsInTurn() {
        harness.inserter().hold();
        harness.start(1);
        harness.produce(P0, 0, "a", "b");
        harness.produce(P1, 0, "x", "y");
        Await.until("all have been read", () -> harness.position(P0) == 2 && harness.position(P1) == 2);

        harness.inserter().release();

        Await.until("all are committed", () -> harness.committed(P0) == 2 && harness.committed(P1) == 2);
        String order = String.join(
                "",
                harness.inserter().inserted().stream()
                        .map(range -> range.substring(SinkHarness.TOPIC.length() + 1, range.indexOf('@')))
                        .toList());
        assertThat(order).isIn("0101", "1010");
    }

    @Test
    void shouldCommitTheMarkersOfTransactionsAsSafe() throws InterruptedException {
        TopicSink<String> sink = harness.start(1);
        harness.produce(P0, 0, "a");
        Await.until("the record is committed", () -> harness.committed(P0) == 1);
        harness.consumer().schedulePollTask(() -> harness.consumer().seek(P0, 2));

        boolean reached = sink.awaitCommitted(Map.of(P0, 2L), Duration.ofSeconds(30));

        assertThat(reached).isTrue();
        assertThat(harness.committed(P0)).isEqualTo(2);
    }

    @Test
    void shouldHandOverAPartitionWithItsInsertFinished() {
        harness.inserter().hold();
        TopicSink<String> sink = harness.start(1);
        harness.produce(P0, 0, "a");
        Await.until(
                "the insert is under way", () -> !harness.inserter().attempted().isEmpty());

        harness.inserter().release();
        harness.consumer().schedulePollTask(() -> harness.consumer().rebalance(List.of(P1)));

        Await.until(
                "the partition is gone", () -> harness.consumer().assignment().equals(Set.of(P1)));
        Await.until("its offset is not committed", () -> !sink.committed().containsKey(P0));
        // MockConsumer tells the committed offsets of its own partitions only.
        harness.consumer().schedulePollTask(() -> harness.consumer().rebalance(List.of(P0)));
        Await.until("the partition is back", () -> harness.committed(P0) == 1);
        assertThat(sink.failure()).isEmpty();
    }

    @Test
    void shouldCountWhatItDoes() {
        harness.start(2);
        harness.produce(P0, 0, "a", "b", "c", "d");

        Await.until("all are committed", () -> harness.committed(P0) == 4);

        assertThat(harness.count("replay_linker_sink_batches", "sink", SinkHarness.TOPIC))
                .isEqualTo(2);
        assertThat(harness.count("replay_linker_sink_rows", "sink", SinkHarness.TOPIC))
                .isEqualTo(4);
        assertThat(harness.count("replay_linker_sink_bytes", "sink", SinkHarness.TOPIC))
                .isEqualTo(4);
        assertThat(harness.registry().get("replay_linker_sink_insert").timer().count())
                .isEqualTo(2);
        assertThat(harness.registry().get("replay_linker_sink_visible").timer().count())
                .isEqualTo(2);
        assertThat(harness.registry()
                        .get("replay_linker_sink_last_success_time")
                        .gauge()
                        .value())
                .isPositive();
    }
}
