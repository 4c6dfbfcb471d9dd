package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownRowsTest {

    private static final byte[] ALL = {};
    private static final int FEWEST_KEYS = 64;
    private static final int CHUNK = 10;

    private final Counting store = new Counting();

    @Test
    void shouldHaveTheRowsOfTheStoreWhateverHappens() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        KnownRows rows = started();
        HeapRows right = new HeapRows();

        for (int i = 0; i < 20_000; i++) {
            // Few enough traces that many rows come and go, and waves of them so that the filter is made anew.
            byte[] key = key(random.nextInt(40), random.nextInt(1 + i % 2_000));
            if (random.nextInt(5) < (i / 3_000 % 2 == 0 ? 4 : 1)) {
                rows.put(key, new byte[] {(byte) i});
                right.put(key, new byte[] {(byte) i});
            } else {
                rows.delete(key);
                right.delete(key);
            }
            if (random.nextInt(20) == 0) {
                rows.refresh(CHUNK);
            }

            byte[] asked = key(random.nextInt(40), random.nextInt(2_000));
            assertThat(rows.get(asked)).as("seed %d, step %d", seed, i).isEqualTo(right.get(asked));
            byte[] group = Keys.of(Keys.EVENT, Keys.id(asked));
            assertThat(keys(rows, group)).as("seed %d, step %d", seed, i).isEqualTo(keys(right, group));
        }
    }

    @Test
    void shouldKnowTheRowsOfAnEarlierLife() {
        store.put(key(1, 1), ALL);
        List<byte[]> read = new ArrayList<>();
        KnownRows rows = new KnownRows(store, FEWEST_KEYS);

        rows.readAll(row -> read.add(row.key()));

        assertThat(read).containsExactly(key(1, 1));
        assertThat(rows.get(key(1, 1))).isEmpty();
    }

    @Test
    void shouldNotAskTheStoreForWhatIsNotThere() {
        KnownRows rows = started();
        for (int i = 0; i < 50; i++) {
            rows.put(key(i, 1), ALL);
        }

        for (int i = 100; i < 200; i++) {
            assertThat(rows.get(key(i, 1))).isNull();
            assertThat(keys(rows, Keys.of(Keys.EVENT, Keys.id(key(i, 1))))).isEmpty();
        }

        assertThat(store.asked).isLessThan(40);
    }

    @Test
    void shouldGrowWithTheRows() {
        KnownRows rows = started();
        for (int i = 0; i < 5_000; i++) {
            rows.put(key(i, 1), ALL);
            rows.refresh(CHUNK);
        }

        for (int i = 10_000; i < 11_000; i++) {
            assertThat(rows.get(key(i, 1))).isNull();
        }

        assertThat(store.asked).isLessThan(200);
    }

    @Test
    void shouldForgetWhatIsGone() {
        KnownRows rows = started();
        for (int i = 0; i < 5_000; i++) {
            rows.put(key(i, 1), ALL);
            rows.delete(key(i, 1));
            rows.refresh(CHUNK);
        }

        for (int i = 0; i < 4_000; i++) {
            assertThat(rows.get(key(i, 1))).isNull();
        }

        assertThat(store.asked).isLessThan(400);
    }

    @Test
    void shouldRestWhenNothingIsStale() {
        KnownRows rows = started();
        rows.put(key(1, 1), ALL);

        assertThat(rows.refresh(CHUNK)).isZero();
    }

    private KnownRows started() {
        KnownRows rows = new KnownRows(store, FEWEST_KEYS);
        rows.readAll(row -> {});
        return rows;
    }

    /** Of an event in confirm. */
    private static byte[] key(int replay, int event) {
        byte[] key = new byte[1 + 16 + 1 + Long.BYTES + 16];
        key[0] = Keys.EVENT;
        key[1] = (byte) (replay >> 8);
        key[2] = (byte) replay;
        key[key.length - 2] = (byte) (event >> 8);
        key[key.length - 1] = (byte) event;
        return key;
    }

    private static List<String> keys(Rows rows, byte[] prefix) {
        return rows.take(prefix, prefix, Integer.MAX_VALUE).stream()
                .map(row -> HexFormat.of().formatHex(row.key()))
                .toList();
    }

    /** Counts how often it is read. */
    private static final class Counting implements Rows {
        private final HeapRows rows = new HeapRows();
        private int asked;

        @Override
        public byte @Nullable [] get(byte[] key) {
            asked++;
            return rows.get(key);
        }

        @Override
        public void put(byte[] key, byte[] value) {
            rows.put(key, value);
        }

        @Override
        public void delete(byte[] key) {
            rows.delete(key);
        }

        @Override
        public Cursor from(byte[] from, byte[] prefix) {
            asked += prefix.length > 0 ? 1 : 0;
            return rows.from(from, prefix);
        }
    }
}
