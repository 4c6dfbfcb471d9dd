package io.replaylinker.topology.join;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Which keys were added, in 16 bits each: of one that was not, it says so, but for about one in a hundred. A Bloom filter whose bits
 * for a key all lie in one word, so that asking costs one look at memory (Putze, Sanders, Singler: Cache-, Hash- and Space-Efficient
 * Bloom Filters, 2007).
 */
final class KeyFilter {

    private static final int BITS_PER_KEY = 16;
    private static final int BITS_SET = 4;
    private static final int BITS_OF_PLACE = 6;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long[] words;
    private final int capacity;
    private int size;

    /**
     * An empty one.
     *
     * @param keys how many it is for, 1 to 2^26; rounded up to a power of two. With more it goes on, and says no less often
     */
    KeyFilter(int keys) {
        int wordsWanted = Math.max(1, keys / (Long.SIZE / BITS_PER_KEY));
        words = new long[Integer.highestOneBit(2 * wordsWanted - 1)];
        capacity = words.length * (Long.SIZE / BITS_PER_KEY);
    }

    /** Adds the first bytes of a key. */
    void add(byte[] key, int length) {
        long hash = hash(key, length);
        long bits = bits(hash);
        int word = word(hash);
        if ((words[word] & bits) != bits) {
            words[word] |= bits;
            size++;
        }
    }

    /** Whether the first bytes of a key may have been added. */
    boolean mayHave(byte[] key, int length) {
        long hash = hash(key, length);
        long bits = bits(hash);
        return (words[word(hash)] & bits) == bits;
    }

    /** How many keys were added, but for those that it took for others. */
    int size() {
        return size;
    }

    /** How many keys it is for. */
    int capacity() {
        return capacity;
    }

    private int word(long hash) {
        return (int) (hash >>> (BITS_SET * BITS_OF_PLACE)) & (words.length - 1);
    }

    /** Up to four bits of a word. */
    private static long bits(long hash) {
        return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12) | 1L << (hash >>> 18);
    }

    private static long hash(byte[] key, int length) {
        long hash = length;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(key, i));
        }
        for (; i < length; i++) {
            hash = mix(hash ^ key[i]);
        }
        return hash;
    }

    private static long mix(long bits) {
        long mixed = bits * MIX;
        return mixed ^ mixed >>> 32;
    }
}
