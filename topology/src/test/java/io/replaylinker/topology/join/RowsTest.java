package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowsTest {

    private static final byte[] TABLES = {Keys.EVENT, Keys.SPAN, Keys.SEEN, Keys.TOMBSTONE, Keys.UNAFFILIATED};
    private static final byte[] EVERYTHING = {};
    private static final int CHANGES = 10_000;
    private static final int LARGEST = 1_500;
    private static final int HUGE = 3 << 19;

    private final Random random = new Random(seed());

    /** The same rows, in the order in which they came. */
    private final Map<String, String> right = new LinkedHashMap<>();

    private final Rows rows = new Rows();

    private static long seed() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("Rows with -Dseed=" + seed);
        return seed;
    }

    @Test
    void shouldHoldRowsAsAMapWould() {
        for (int change = 0; change < CHANGES; change++) {
            change();
            if (change % 100 == 0) {
                check(key());
            }
        }
        assertThat(rows.size()).isEqualTo(right.size());
    }

    @Test
    void shouldTakeNoMoreThanItsRowsHaveTakenOnceTheyAreGone() {
        for (int change = 0; change < CHANGES; change++) {
            change();
        }
        assertThat(rows.size()).isPositive();
        assertThat(rows.bytes()).isPositive();
        assertThat(rows.bytesByKind().values()).allMatch(bytes -> bytes >= 0);
        assertThat(rows.bytesByKind().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(rows.bytes());

        rows.walk(EVERYTHING).take(Integer.MAX_VALUE).forEach(row -> rows.delete(row.key()));

        assertThat(rows.size()).isZero();
        assertThat(rows.bytes()).isZero();
        assertThat(rows.bytesByKind().values()).containsOnly(0L);
    }

    @Test
    void shouldWalkOnceOverEachRowThatStays() {
        for (int change = 0; change < CHANGES; change++) {
            change();
        }
        Map<String, String> stay = new HashMap<>(right);
        Rows.Walk walk = rows.walk(EVERYTHING);
        List<String> seen = new ArrayList<>();
        for (List<Rows.Row> some = walk.take(50); !some.isEmpty(); some = walk.take(50)) {
            some.forEach(row -> seen.add(hex(row.key())));
            change();
            stay.keySet().retainAll(right.keySet());
        }
        assertThat(stay).isNotEmpty();
        assertThat(seen).containsAll(stay.keySet());
        assertThat(seen).filteredOn(stay::containsKey).doesNotHaveDuplicates();
    }

    private void change() {
        byte[] key = key();
        if (random.nextInt(3) == 0) {
            rows.delete(key);
            right.remove(hex(key));
        } else {
            byte[] value = new byte[random.nextInt(4_000) == 0 ? HUGE : random.nextInt(LARGEST)];
            random.nextBytes(value);
            rows.put(key, value);
            right.put(hex(key), digest(value));
        }
    }

    private void check(byte[] key) {
        byte[] found = rows.get(key);
        assertThat(found == null ? null : digest(found)).isEqualTo(right.get(hex(key)));
        for (int length : new int[] {0, 1, 9, Keys.GROUP, key.length}) {
            byte[] prefix = Arrays.copyOf(key, Math.min(length, key.length));
            List<String> expected = right.entrySet().stream()
                    .filter(row -> row.getKey().startsWith(hex(prefix)))
                    .map(row -> row.getKey() + "=" + row.getValue())
                    .toList();
            List<String> each = new ArrayList<>();
            rows.each(prefix, row -> each.add(hex(row.key()) + "=" + digest(row.value())));
            if (Keys.isGrouped(prefix)) {
                assertThat(each).isEqualTo(expected);
                assertThat(rows.hasGroup(Arrays.copyOf(prefix, Keys.GROUP)))
                        .isEqualTo(right.keySet().stream()
                                .anyMatch(row -> row.startsWith(hex(Arrays.copyOf(prefix, Keys.GROUP)))));
            } else {
                assertThat(each).containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    /** Few ids, so that groups get many rows, and many that have one; keys of all lengths. */
    private byte[] key() {
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

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String digest(byte[] value) {
        return value.length + ":" + Arrays.hashCode(value);
    }
}
