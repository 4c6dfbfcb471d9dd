package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private static final Duration WAIT = Duration.ofMinutes(15);

    private final HeapRows store = new HeapRows();
    private final HeapRows packs = new HeapRows();
    private KnownRows rows = new KnownRows(store);

    @Test
    void shouldGiveBackEveryDeadlineOnceAndNoneTooEarly() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Deadlines deadlines = started();
        List<Integer> taken = new ArrayList<>();
        int added = 0;

        for (long nowMs = 0; nowMs < 20_000; nowMs += 250) {
            for (int i = random.nextInt(400); i > 0; i--, added++) {
                row(added, nowMs + random.nextInt(5_000));
                deadlines.add(RowHead.dueMs(get(added)), key(added));
            }
            long untilMs = nowMs;
            deadlines.eachDue(untilMs, random.nextInt(300), (key, row) -> {
                assertThat(RowHead.dueMs(row)).as("seed %d", seed).isLessThan(untilMs);
                taken.add(number(key));
            });
        }
        while (deadlines.eachDue(Long.MAX_VALUE, 300, (key, row) -> taken.add(number(key))) > 0) {}

        Collections.sort(taken);
        assertThat(taken)
                .as("seed %d", seed)
                .isEqualTo(IntStream.range(0, added).boxed().toList());
        assertThat(packs.size()).isZero();
    }

    @Test
    void shouldNeedFarFewerRowsThanDeadlines() {
        Deadlines deadlines = started();

        for (int i = 0; i < 10_000; i++) {
            deadlines.add(1_000_000 + i, key(i));
        }

        assertThat(packs.size()).isBetween(1, 10_000 / 32);
    }

    @Test
    void shouldListRowsAnewAtAStartWhateverAnEarlierLifeLeft() {
        row(1, 500);
        packs.put(new byte[] {1, 2, 3}, new byte[] {4, 5, 6});

        Deadlines deadlines = started();

        assertThat(due(deadlines, 501)).containsExactly(1);
        assertThat(packs.size()).isZero();
    }

    @Test
    void shouldTakeTheEarliestFirst() {
        Deadlines deadlines = started();
        for (int i = 0; i < 5_000; i++) {
            row(i, 100_000 - 10L * i);
            deadlines.add(RowHead.dueMs(get(i)), key(i));
        }

        List<Integer> first = new ArrayList<>();
        deadlines.eachDue(Long.MAX_VALUE, 10, (key, row) -> first.add(number(key)));

        assertThat(first).containsExactly(4_999, 4_998, 4_997, 4_996, 4_995, 4_994, 4_993, 4_992, 4_991, 4_990);
    }

    @Test
    void shouldListWhatIsDueBeforeAllThatWasTaken() {
        Deadlines deadlines = started();
        row(1, 500);
        deadlines.add(500, key(1));
        assertThat(due(deadlines, 1_000)).containsExactly(1);

        deadlines.add(200, key(1));

        assertThat(due(deadlines, 1_000)).containsExactly(1);
    }

    @Test
    void shouldStillKnowAfterAStartHowFarExpiryHasCome() {
        started().eachDue(1_000_000, 10, (key, row) -> {});

        assertThat(started().after(0, WAIT)).isEqualTo(1_000_000 + WAIT.toMillis());
    }

    @Test
    void shouldNotTakeTheEndOfABoundedRunForATime() {
        started().eachDue(Long.MAX_VALUE, 10, (key, row) -> {});

        assertThat(started().after(0, WAIT)).isEqualTo(WAIT.toMillis());
    }

    private static List<Integer> due(Deadlines deadlines, long nowMs) {
        List<Integer> due = new ArrayList<>();
        deadlines.eachDue(nowMs, 100, (key, row) -> due.add(number(key)));
        return due;
    }

    private Deadlines started() {
        rows = new KnownRows(store);
        return new Deadlines(packs, rows, event -> {});
    }

    private void row(int number, long dueMs) {
        rows.put(
                key(number),
                RowHead.write(ByteBuffer.allocate(RowHead.BYTES), (byte) 1, dueMs)
                        .array());
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
