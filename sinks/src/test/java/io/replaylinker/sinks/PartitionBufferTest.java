package io.replaylinker.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionBufferTest {

    private static final TopicPartition PARTITION = new TopicPartition("replay-links", 3);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final PartitionBuffer buffer =
            new PartitionBuffer(PARTITION, new BatchLimits(3, 100, Duration.ofSeconds(1)), List.of());

    @Test
    void shouldCloseABatchAtItsRows() {
        add(7, "a");
        add(8, "b");
        assertThat(buffer.head()).isNull();

        add(12, "c");

        assertThat(head().range()).isEqualTo("replay-links-3@7..12");
        assertThat(head().rows()).isEqualTo(3);
        assertThat(text(head())).isEqualTo("abc");
    }

    @Test
    void shouldCloseABatchAtItsBytes() {
        add(7, "x".repeat(99));
        assertThat(buffer.head()).isNull();

        add(8, "y");

        assertThat(head().rows()).isEqualTo(2);
        assertThat(head().byteCount()).isEqualTo(100);
    }

    @Test
    void shouldCloseABatchWhenItsFirstRecordHasWaitedLongEnough() {
        add(7, "a", 0);
        add(8, "b", SECOND - 1);
        buffer.closeIfDue(SECOND - 1);
        assertThat(buffer.head()).isNull();

        buffer.closeIfDue(SECOND);

        assertThat(head().range()).isEqualTo("replay-links-3@7..8");
    }

    @Test
    void shouldCountTheWaitOfTheNextBatchFromItsOwnFirstRecord() {
        add(7, "a", 0);
        buffer.closeIfDue(SECOND);
        buffer.acknowledge();
        add(8, "b", SECOND + 1);

        buffer.closeIfDue(2 * SECOND);
        assertThat(buffer.head()).isNull();
        buffer.closeIfDue(2 * SECOND + 1);

        assertThat(head().range()).isEqualTo("replay-links-3@8..8");
    }

    @Test
    void shouldKeepTheHeadUntilItIsAcknowledged() {
        addBatch(0);
        addBatch(3);
        assertThat(head().firstOffset()).isZero();
        assertThat(head().firstOffset()).isZero();

        buffer.acknowledge();

        assertThat(head().firstOffset()).isEqualTo(3);
        assertThat(buffer.isEmpty()).isFalse();
        buffer.acknowledge();
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void shouldWantNoMoreThanOneBatchInFlightAndOneBehindIt() {
        addBatch(0);
        assertThat(buffer.wantsMore(0)).isTrue();

        addBatch(3);

        assertThat(buffer.wantsMore(0)).isFalse();
        buffer.acknowledge();
        assertThat(buffer.wantsMore(0)).isTrue();
    }

    @Test
    void shouldWantNothingWhileItIsStalled() {
        buffer.stallUntil(SECOND);

        assertThat(buffer.wantsMore(SECOND - 1)).isFalse();
        assertThat(buffer.wantsMore(SECOND)).isTrue();
        assertThat(buffer.wantsMore(SECOND - 1)).isTrue();
    }

    @Test
    void shouldCutANotedBatchAgainWhereItWasWhateverTheLimitsAre() {
        PartitionBuffer rebuilt = rebuilding(new PendingRange(11, 5, sha("abcde")), new PendingRange(13, 2, sha("fg")));

        for (int i = 0; i < 7; i++) {
            rebuilt.closeIfDue(2L * i * SECOND);
            rebuilt.close();
            add(rebuilt, 7 + i, String.valueOf((char) ('a' + i)));
        }

        assertThat(rebuilt.pending())
                .containsExactly(new PendingRange(11, 5, sha("abcde")), new PendingRange(13, 2, sha("fg")));
        assertThat(Objects.requireNonNull(rebuilt.head()).range()).isEqualTo("replay-links-3@7..11");
        assertThat(rebuilt.isRebuilding()).isFalse();
    }

    @Test
    void shouldGoOnWithWhatRetentionHasLeftOfANotedBatch() {
        PartitionBuffer rebuilt = rebuilding(new PendingRange(11, 5, sha("abcde")));

        add(rebuilt, 10, "d");
        add(rebuilt, 12, "f");

        assertThat(Objects.requireNonNull(rebuilt.head()).range()).isEqualTo("replay-links-3@10..10");
        assertThat(rebuilt.isRebuilding()).isFalse();
    }

    @Test
    void shouldWaitForANotedBatchNoLongerThanABatchWaits() {
        PartitionBuffer rebuilt = rebuilding(new PendingRange(11, 5, sha("abcde")));
        add(rebuilt, 7, "a");

        rebuilt.reachedEnd(0);
        rebuilt.reachedEnd(SECOND - 1);
        assertThat(rebuilt.isRebuilding()).isTrue();
        rebuilt.reachedEnd(SECOND);

        assertThat(rebuilt.isRebuilding()).isFalse();
        assertThat(Objects.requireNonNull(rebuilt.head()).range()).isEqualTo("replay-links-3@7..7");
    }

    @Test
    void shouldLeaveHalfOfANotedBatchToTheNextSink() {
        PartitionBuffer rebuilt = rebuilding(new PendingRange(11, 5, sha("abcde")));
        add(rebuilt, 7, "a");

        rebuilt.close();

        assertThat(rebuilt.head()).isNull();
        assertThat(rebuilt.isDrained()).isTrue();
        assertThat(rebuilt.pending()).containsExactly(new PendingRange(11, 5, sha("abcde")));
    }

    private static PartitionBuffer rebuilding(PendingRange... noted) {
        return new PartitionBuffer(PARTITION, new BatchLimits(3, 100, Duration.ofSeconds(1)), List.of(noted));
    }

    private static void add(PartitionBuffer buffer, long offset, String row) {
        buffer.add(new SourceRecord(offset, 0, row.length(), null), row(row), 0);
    }

    private static String sha(String rows) {
        return PendingRange.of(new Batch(
                        PARTITION, List.of(new SourceRecord(0, 0, rows.length(), null)), rows.getBytes(UTF_8)))
                .sha();
    }

    private void addBatch(long offset) {
        for (int i = 0; i < 3; i++) {
            add(offset + i, "r");
        }
    }

    private void add(long offset, String row) {
        add(offset, row, 0);
    }

    private void add(long offset, String row, long nowNanos) {
        buffer.add(new SourceRecord(offset, 0, row.length(), null), row(row), nowNanos);
    }

    private Batch head() {
        return Objects.requireNonNull(buffer.head());
    }

    private static ByteArrayOutputStream row(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text.getBytes(UTF_8));
        return out;
    }

    private static String text(Batch batch) {
        return RecordingInserter.text(batch);
    }
}
