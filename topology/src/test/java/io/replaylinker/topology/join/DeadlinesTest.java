package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final Rows rows = new Rows();
    private final Deadlines deadlines = new Deadlines(rows);

    @Test
    void shouldGiveBackEveryDeadlineOnceAndNoneTooEarly() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Integer> taken = new ArrayList<>();
        int added = 0;

        for (long nowMs = 0; nowMs < 20_000; nowMs += 250) {
            for (int i = random.nextInt(400); i > 0; i--, added++) {
                row(added, nowMs + random.nextInt(5_000));
                deadlines.add(dueMs(get(added)), key(added));
            }
            long untilMs = nowMs;
            deadlines.eachDue(untilMs, random.nextInt(300), (key, row) -> {
                assertThat(dueMs(row)).as("seed %d", seed).isLessThan(untilMs);
                taken.add(number(key));
            });
        }
        while (deadlines.eachDue(Long.MAX_VALUE, 300, (key, row) -> taken.add(number(key))) > 0) {}

        Collections.sort(taken);
        assertThat(taken)
                .as("seed %d", seed)
                .isEqualTo(IntStream.range(0, added).boxed().toList());
        assertThat(deadlines.bytes()).isZero();
        assertThat(deadlines.nextDueMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldTakeTheEarliestFirst() {
        for (int i = 0; i < 5_000; i++) {
            row(i, 100_000 - 10L * i);
            deadlines.add(dueMs(get(i)), key(i));
        }

        List<Integer> first = new ArrayList<>();
        deadlines.eachDue(Long.MAX_VALUE, 10, (key, row) -> first.add(number(key)));

        assertThat(first).containsExactly(4_999, 4_998, 4_997, 4_996, 4_995, 4_994, 4_993, 4_992, 4_991, 4_990);
    }

    @Test
    void shouldListWhatIsDueBeforeAllThatWasTaken() {
        row(1, 500);
        deadlines.add(500, key(1));
        assertThat(due(1_000)).containsExactly(1);

        deadlines.add(200, key(1));

        assertThat(due(1_000)).containsExactly(1);
    }

    @Test
    void shouldTakeWhatIsDueAtOneTimeInTheOrderOfAdding() {
        for (int i = 0; i < 5_000; i++) {
            row(i, 100_000 + (i % 3) * 700);
            deadlines.add(dueMs(get(i)), key(i));
        }

        List<Integer> taken = new ArrayList<>();
        assertThat(deadlines.nextDueMs()).isEqualTo(100_000);
        while (deadlines.eachDue(Long.MAX_VALUE, 300, (key, row) -> taken.add(number(key))) > 0) {}

        assertThat(taken)
                .hasSize(5_000)
                .isSortedAccordingTo(
                        Comparator.comparingInt((Integer i) -> i % 3).thenComparing(i -> i));
    }

    @Test
    void shouldCostLittle() {
        for (int i = 0; i < 10_000; i++) {
            deadlines.add(1_000_000 + i, key(i));
        }

        assertThat(deadlines.bytes()).isBetween(60_000L, 200_000L);
    }

    private List<Integer> due(long nowMs) {
        List<Integer> due = new ArrayList<>();
        deadlines.eachDue(nowMs, 100, (key, row) -> due.add(number(key)));
        return due;
    }

    private void row(int number, long dueMs) {
        rows.put(key(number), ByteBuffer.allocate(Long.BYTES).putLong(dueMs).array());
    }

    private static long dueMs(byte[] row) {
        return ByteBuffer.wrap(row).getLong();
    }

    private byte[] get(int number) {
        byte[] row = rows.get(key(number));
        assertThat(row).isNotNull();
        return row == null ? new byte[0] : row;
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put(Keys.SEEN)
                .putInt(number)
                .array();
    }

    private static int number(byte[] key) {
        return ByteBuffer.wrap(key).getInt(1);
    }
}
