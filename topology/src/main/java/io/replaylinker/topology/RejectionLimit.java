package io.replaylinker.topology;

import java.util.BitSet;

/** Limits the share of rejected records among the last ones of a task. */
final class RejectionLimit {

    /** Few enough to detect a bad release within a minute, enough that a burst of broken records stops nothing. */
    static final int RECORDS = 1_000;

    private final double maxShare;
    private final BitSet rejected = new BitSet(RECORDS);
    private long seen;

    RejectionLimit(double maxShare) {
        this.maxShare = maxShare;
    }

    /**
     * Adds a record.
     *
     * @throws TooManyRejectionsException if the share is too high now
     */
    void record(String topic, boolean isRejected) {
        rejected.set((int) (seen++ % RECORDS), isRejected);
        if (isRejected && seen >= RECORDS && rejected.cardinality() > maxShare * RECORDS) {
            throw new TooManyRejectionsException(topic, rejected.cardinality());
        }
    }
}
