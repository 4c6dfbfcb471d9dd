package io.replaylinker.topology.join;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which rows told something that may not be safe on its topic yet, so that they must not go. Answers yes for some others too: it
 * keeps bits by hash, 256 KB in all, however much is told.
 */
final class Recently {

    private static final int BITS = 1 << 20;

    private BitSet now = new BitSet(BITS);
    private BitSet before = new BitSet(BITS);

    void told(byte[] rowKey) {
        now.set(bit(rowKey));
    }

    boolean mayHaveTold(byte[] rowKey) {
        int bit = bit(rowKey);
        return now.get(bit) || before.get(bit);
    }

    /** What was told before the last call is safe by now. */
    void settle() {
        BitSet safe = before;
        before = now;
        safe.clear();
        now = safe;
    }

    private static int bit(byte[] rowKey) {
        int hash = Arrays.hashCode(rowKey) * 0x9E3779B9;
        return hash >>> (Integer.SIZE - 20);
    }
}
