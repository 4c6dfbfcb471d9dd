package io.replaylinker.topology;

import io.replaylinker.topology.join.KeyedJoin;
import java.util.function.IntUnaryOperator;

/**
 * Advances the time of a step. Time advances from one due row to the next, in steps of a second: where a quiet stream
 * lets the watermark jump by hours, an event still expires before the replay that its reason depends on is forgotten.
 */
final class Expiry {

    private static final int CHUNK = 1_000;
    private static final long STEP_MS = 1_000;

    private Expiry() {}

    /** Expires everything in a step, at the end of a bounded run. */
    static void expireAll(KeyedJoin step) {
        expire(step, Long.MAX_VALUE);
    }

    /**
     * Expires what is due in a step before a moment, epoch milliseconds.
     *
     * @return rows looked at
     */
    static int expire(KeyedJoin step, long timeMs) {
        int looked = 0;
        for (long dueMs = step.nextExpiryMs(); dueMs < timeMs - STEP_MS; dueMs = step.nextExpiryMs()) {
            looked += expireAt(step, dueMs + STEP_MS);
        }
        return looked + expireAt(step, timeMs);
    }

    private static int expireAt(KeyedJoin step, long timeMs) {
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
