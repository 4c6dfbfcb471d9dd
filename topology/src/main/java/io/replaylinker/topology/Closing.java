package io.replaylinker.topology;

import io.replaylinker.topology.join.KeyedJoin;
import java.util.function.IntUnaryOperator;

/** The end of a bounded run: time goes on until nothing waits any longer, so that what waits ends in the order of its time. */
final class Closing {

    private static final int CHUNK = 1_000;
    private static final long STEP_MS = 1_000;

    private Closing() {}

    /** Lets a step expire all that it has. */
    static void close(KeyedJoin step) {
        for (long expiryMs = step.nextExpiryMs(); expiryMs < Long.MAX_VALUE - STEP_MS; expiryMs = step.nextExpiryMs()) {
            expire(step, expiryMs + STEP_MS);
        }
        expire(step, Long.MAX_VALUE);
    }

    /**
     * Lets a step expire what is due before a moment, epoch milliseconds.
     *
     * @return rows looked at
     */
    static int expire(KeyedJoin step, long timeMs) {
        return allOf(chunk -> step.expire(timeMs, chunk));
    }

    /**
     * Lets a step end what is due before a moment ahead of its clock, epoch milliseconds.
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
