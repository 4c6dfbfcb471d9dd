package io.replaylinker.topology;

import io.replaylinker.topology.join.KeyedJoin;
import java.util.function.IntUnaryOperator;

/**
 * The end of a bounded run: advances the time until no event waits, so that waiting events expire in the order of their
 * time.
 */
final class Closing {

    private static final int CHUNK = 1_000;
    private static final long STEP_MS = 1_000;

    private Closing() {}

    /** Expires everything in a step. */
    static void close(KeyedJoin step) {
        for (long expiryMs = step.nextExpiryMs(); expiryMs < Long.MAX_VALUE - STEP_MS; expiryMs = step.nextExpiryMs()) {
            expire(step, expiryMs + STEP_MS);
        }
        expire(step, Long.MAX_VALUE);
    }

    /**
     * Expires what is due in a step before a moment, epoch milliseconds.
     *
     * @return rows looked at
     */
    static int expire(KeyedJoin step, long timeMs) {
        return allOf(chunk -> step.expire(timeMs, chunk));
    }

    /**
     * Expires what is due in a step before a moment ahead of its watermark, epoch milliseconds.
     *
     * @return rows looked at
     */
    static int relieve(KeyedJoin step, long untilMs) {
        return allOf(chunk -> step.relieve(untilMs, chunk));
    }

    private static int allOf(IntUnaryOperator chunks) {
        int all = 0;
        for (int looked = chunks.applyAsInt(CHUNK); looked > 0; looked = chunks.applyAsInt(CHUNK)) {
            all += looked;
        }
        return all;
    }
}
