package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class KeyFilterTest {

    private static final int KEYS = 50_000;

    @Test
    void shouldHaveEveryKeyThatWasAdded() {
        KeyFilter filter = new KeyFilter(KEYS);

        eachKey(1, key -> filter.add(key, key.length));

        eachKey(1, key -> assertThat(filter.mayHave(key, key.length)).isTrue());
    }

    @Test
    void shouldSayNoToNearlyAllOthersWhenItIsFull() {
        KeyFilter filter = new KeyFilter(KEYS);
        eachKey(1, key -> filter.add(key, key.length));

        int[] taken = {0};
        eachKey(2, key -> taken[0] += filter.mayHave(key, key.length) ? 1 : 0);

        assertThat(taken[0]).isLessThan(KEYS * 3 / 100);
    }

    @Test
    void shouldTellTheStartOfAKeyFromTheKey() {
        KeyFilter filter = new KeyFilter(KEYS);
        byte[] key = {'e', 1, 2, 3, 4, 5, 6, 7, 8, 9};

        filter.add(key, key.length);

        assertThat(filter.mayHave(key, 9)).isFalse();
    }

    @Test
    void shouldCountKeysOnce() {
        KeyFilter filter = new KeyFilter(KEYS);

        eachKey(1, key -> filter.add(key, key.length));
        eachKey(1, key -> filter.add(key, key.length));

        assertThat(filter.size()).isBetween(KEYS * 98 / 100, KEYS);
        assertThat(filter.capacity()).isGreaterThanOrEqualTo(KEYS);
    }

    private static void eachKey(long seed, Consumer<byte[]> action) {
        Random random = new Random(seed);
        for (int i = 0; i < KEYS; i++) {
            byte[] key = new byte[49];
            random.nextBytes(key);
            action.accept(ByteBuffer.wrap(key).put((byte) 'e').array());
        }
    }
}
