package io.replaylinker.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one sink leaves in the committed offsets, and what the next one makes of it. */
class TopicSinkRestartTest {

    private static final TopicPartition P0 = SinkHarness.P0;

    private final SinkHarness first = new SinkHarness();
    private final SinkHarness second = new SinkHarness();

    @AfterEach
    void closeSinks() {
        first.close();
        second.close();
    }

    @Test
    void shouldNoteABatchBeforeItIsInserted() {
        first.inserter().hold();
        first.start(2);
        first.produce(P0, 0, "a", "b", "c", "d", "e");
        Await.until(
                "the insert is under way", () -> !first.inserter().attempted().isEmpty());

        assertThat(first.note(P0).offset()).isZero();
        assertThat(first.note(P0).metadata()).startsWith("v1;pending=1;rows=2;sha=");
    }

    @Test
    void shouldRepeatTheBatchThatWasOnItsWayWithOtherLimits() {
        OffsetAndMetadata note = noteOfASinkThatDied();
        second.startsFrom(P0, note, 7);

        second.start(3);
        second.produce(P0, 0, "a", "b", "c", "d", "e", "f", "g");
        Await.until("all are committed", () -> second.committed(P0) == 7);

        assertThat(second.inserter().inserted())
                .containsExactly("replay-links-0@0..1", "replay-links-0@2..3", "replay-links-0@4..6");
        assertThat(second.inserter().tokens())
                .startsWith(first.inserter().tokens().get(0));
        assertThat(second.note(P0).metadata()).isEmpty();
    }

    @Test
    void shouldRepeatTheSameBatchAfterACloseThatCameTooEarly() {
        first.inserter().hold();
        TopicSink<String> sink = first.start(100);
        first.produce(P0, 0, "a", "b", "c");
        Await.until("all have been read", () -> first.position(P0) == 3);
        sink.close();
        OffsetAndMetadata note = first.lastCommit(P0);
        assertThat(note.metadata()).startsWith("v1;pending=2;rows=3;sha=");

        second.startsFrom(P0, note, 5);
        second.start(2);
        second.produce(P0, 0, "a", "b", "c", "d", "e");
        Await.until("all are committed", () -> second.committed(P0) == 5);

        assertThat(second.inserter().inserted()).containsExactly("replay-links-0@0..2", "replay-links-0@3..4");
    }

    @Test
    void shouldIgnoreMetadataOfOthers() {
        second.startsFrom(P0, new OffsetAndMetadata(1, "nightly job was here"), 3);

        second.start(2);
        second.produce(P0, 1, "b", "c");
        Await.until("all are committed", () -> second.committed(P0) == 3);

        assertThat(second.inserter().inserted()).containsExactly("replay-links-0@1..2");
        assertThat(second.note(P0).metadata()).isEmpty();
    }

    @Test
    void shouldInsertWhatThereIsWhenTheRowsAreOthersNow() {
        OffsetAndMetadata note = noteOfASinkThatDied();
        second.startsFrom(P0, note, 4);

        second.start(10);
        second.produce(P0, 0, "A", "b", "c", "d");
        Await.until("all are committed", () -> second.committed(P0) == 4);

        assertThat(second.inserter().rows()).isEqualTo("Abcd");
        assertThat(second.inserter().inserted().get(0)).isEqualTo("replay-links-0@0..1");
    }

    @Test
    void shouldGoOnWhenThePartitionEndsBeforeWhatWasNoted() {
        second.startsFrom(P0, new OffsetAndMetadata(0, "v1;pending=9;rows=10;sha=0123456789abcdef"), 2);

        second.start(10);
        second.produce(P0, 0, "a", "b");
        Await.until("all are committed", () -> second.committed(P0) == 2);

        assertThat(second.inserter().inserted()).containsExactly("replay-links-0@0..1");
    }

    private OffsetAndMetadata noteOfASinkThatDied() {
        first.inserter().hold();
        first.start(2);
        first.produce(P0, 0, "a", "b", "c", "d");
        Await.until("both batches are noted", () -> first.note(P0).metadata().contains("|v1;pending=3;"));
        return first.note(P0);
    }
}
