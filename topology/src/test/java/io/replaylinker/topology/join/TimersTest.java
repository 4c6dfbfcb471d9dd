package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimersTest {

    private final Rows rows = new Rows();
    private final Timers timers = new Timers(rows);

    @Test
    void shouldFireEveryTimerOnceAndNoneTooEarly() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Integer> taken = new ArrayList<>();
        int added = 0;

        for (long nowMs = 0; nowMs < 20_000; nowMs += 250) {
            for (int i = random.nextInt(400); i > 0; i--, added++) {
                row(added, nowMs + random.nextInt(5_000));
                timers.add(expiryMs(get(added)), key(added));
            }
            long untilMs = nowMs;
            timers.fire(untilMs, random.nextInt(300), (key, row) -> {
                assertThat(expiryMs(row)).as("seed %d", seed).isLessThan(untilMs);
                taken.add(number(key));
            });
        }
        while (timers.fire(Long.MAX_VALUE, 300, (key, row) -> taken.add(number(key))) > 0) {}

        Collections.sort(taken);
        assertThat(taken)
                .as("seed %d", seed)
                .isEqualTo(IntStream.range(0, added).boxed().toList());
        assertThat(timers.bytes()).isZero();
        assertThat(timers.nextExpiryMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldTakeTheEarliestFirst() {
        for (int i = 0; i < 5_000; i++) {
            row(i, 100_000 - 10L * i);
            timers.add(expiryMs(get(i)), key(i));
        }

        List<Integer> first = new ArrayList<>();
        timers.fire(Long.MAX_VALUE, 10, (key, row) -> first.add(number(key)));

        assertThat(first).containsExactly(4_999, 4_998, 4_997, 4_996, 4_995, 4_994, 4_993, 4_992, 4_991, 4_990);
    }

    @Test
    void shouldListWhatIsDueBeforeAllThatWasTaken() {
        row(1, 500);
        timers.add(500, key(1));
        assertThat(fired(1_000)).containsExactly(1);

        timers.add(200, key(1));

        assertThat(fired(1_000)).containsExactly(1);
    }

    @Test
    void shouldFireATimerThatIsAddedMeanwhileBeforeLaterOnes() {
        for (int number : List.of(1, 2, 3)) {
            row(number, 0);
        }
        timers.add(5_000, key(1));
        timers.add(9_000, key(2));

        List<Integer> fired = new ArrayList<>();
        timers.fire(10_000, 100, (key, row) -> {
            fired.add(number(key));
            if (number(key) == 1) {
                timers.add(1_000, key(3));
            }
        });

        assertThat(fired).containsExactly(1, 3, 2);
    }

    @Test
    void shouldFireTimersOfOneTimeInTheOrderOfAdding() {
        for (int i = 0; i < 5_000; i++) {
            row(i, 100_000 + (i % 3) * 700);
            timers.add(expiryMs(get(i)), key(i));
        }

        List<Integer> taken = new ArrayList<>();
        assertThat(timers.nextExpiryMs()).isEqualTo(100_000);
        while (timers.fire(Long.MAX_VALUE, 300, (key, row) -> taken.add(number(key))) > 0) {}

        assertThat(taken)
                .hasSize(5_000)
                .isSortedAccordingTo(
                        Comparator.comparingInt((Integer i) -> i % 3).thenComparing(i -> i));
    }

    @Test
    void shouldCostLittle() {
        for (int i = 0; i < 10_000; i++) {
            row(i, 1_000_000 + i);
            timers.add(1_000_000 + i, key(i));
        }

        assertThat(timers.bytes()).isBetween(140_000L, 210_000L);
    }

    @Test
    void shouldNotFireForARowThatTookThePlaceOfADeletedOne() {
        row(1, 500);
        timers.add(500, key(1));
        int id = rows.id(key(1));
        rows.delete(key(1));
        row(2, 5_000);

        assertThat(rows.id(key(2))).isEqualTo(id);
        assertThat(fired(1_000)).isEmpty();
    }

    @Test
    void shouldRefuseATimerOfNoRow() {
        assertThatThrownBy(() -> timers.add(500, key(1))).isInstanceOf(IllegalStateException.class);
    }

    private List<Integer> fired(long nowMs) {
        List<Integer> fired = new ArrayList<>();
        timers.fire(nowMs, 100, (key, row) -> fired.add(number(key)));
        return fired;
    }

    private void row(int number, long expiryMs) {
        rows.put(key(number), ByteBuffer.allocate(Long.BYTES).putLong(expiryMs).array());
    }

    private static long expiryMs(byte[] row) {
        return ByteBuffer.wrap(row).getLong();
    }

    private byte[] get(int number) {
        byte[] row = rows.get(key(number));
        assertThat(row).isNotNull();
        return row == null ? new byte[0] : row;
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(Keys.GROUP).put(Keys.SEEN).putInt(number).array();
    }

    private static int number(byte[] key) {
        return ByteBuffer.wrap(key).getInt(1);
    }
}
