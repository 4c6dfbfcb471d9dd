package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RowsTest {

    private static final byte[] TABLES = {Keys.EVENT, Keys.SPAN, Keys.SEEN, Keys.TOMBSTONE, Keys.UNAFFILIATED};
    private static final int CHANGES = 20_000;

    /** The same rows in one sorted map. */
    private final NavigableMap<byte[], byte[]> right = new TreeMap<>(Arrays::compareUnsigned);

    private final Rows rows = new Rows();

    @Test
    void shouldHoldAndOrderRowsAsOneSortedMapWould() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("Rows with -Dseed=" + seed);
        Random random = new Random(seed);
        for (int change = 0; change < CHANGES; change++) {
            byte[] key = key(random);
            if (random.nextInt(3) == 0) {
                rows.delete(key);
                right.remove(key);
            } else {
                byte[] value = Integer.toString(change).getBytes(StandardCharsets.UTF_8);
                rows.put(key, value);
                right.put(key, value);
            }
            if (change % 100 == 0) {
                check(random);
            }
        }
        assertThat(rows.size()).isEqualTo(right.size());
    }

    private void check(Random random) {
        byte[] key = key(random);
        assertThat(rows.get(key)).isEqualTo(right.get(key));
        for (int length : new int[] {0, 1, 9, Keys.GROUP, key.length}) {
            byte[] prefix = Arrays.copyOf(key, Math.min(length, key.length));
            byte[] from = random.nextBoolean() ? prefix : key;
            List<String> expected = new ArrayList<>();
            right.tailMap(from, true).forEach((one, value) -> {
                if (one.length >= prefix.length && Arrays.equals(Arrays.copyOf(one, prefix.length), prefix)) {
                    expected.add(text(one, value));
                }
            });
            List<String> taken = new ArrayList<>();
            byte[] next = from;
            for (List<Rows.Row> chunk = rows.take(next, prefix, 7);
                    !chunk.isEmpty();
                    chunk = rows.take(next, prefix, 7)) {
                chunk.forEach(row -> taken.add(text(row.key(), row.value())));
                next = Keys.after(chunk.get(chunk.size() - 1).key());
            }
            assertThat(taken).isEqualTo(expected);
            List<String> each = new ArrayList<>();
            rows.each(from, prefix, row -> each.add(text(row.key(), row.value())));
            assertThat(each).isEqualTo(expected);
        }
    }

    /** Few ids, so that groups get many rows, and many that have one; keys of all lengths. */
    private static byte[] key(Random random) {
        byte[] key = new byte[1 + 16 + random.nextInt(3) * 8];
        key[0] = TABLES[random.nextInt(TABLES.length)];
        key[16] = (byte) random.nextInt(6);
        if (random.nextBoolean()) {
            key[15] = (byte) random.nextInt(256);
            key[9] = (byte) random.nextInt(8);
        }
        for (int i = Keys.GROUP; i < key.length; i += 8) {
            key[i] = (byte) random.nextInt(256);
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(key, 1 + random.nextInt(8)) : key;
    }

    private static String text(byte[] key, byte[] value) {
        return HexFormat.of().formatHex(key) + "=" + new String(value, StandardCharsets.UTF_8);
    }
}
