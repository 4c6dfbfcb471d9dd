package io.replaylinker.topology;

import java.util.Arrays;

/**
 * Estimates the watermark of a stream of receive times. The watermark is the time that {@value #QUORUM} of the last
 * {@value #RECORDS} records have reached. Up to {@value #MAX_OUTLIERS} records from the future therefore do not move
 * it, and on an ordered stream it lags by {@value #MAX_OUTLIERS} records. It never goes back.
 */
final class WatermarkEstimator {

    /**
     * Twice the number of records that a wrong clock may spoil at once. A quiet partition receives them within minutes.
     */
    static final int RECORDS = 16;

    static final int QUORUM = 9;
    static final int MAX_OUTLIERS = QUORUM - 1;

    /** The watermark while too few records were read. */
    static final long UNKNOWN = 0;

    private final long[] last = new long[RECORDS];
    private int next;
    private long watermarkMs = UNKNOWN;

    /** Adds the receive time of the next record, epoch milliseconds. */
    void add(long receivedMs) {
        last[next] = receivedMs;
        next = (next + 1) % RECORDS;
        long[] sorted = last.clone();
        Arrays.sort(sorted);
        watermarkMs = Math.max(watermarkMs, sorted[RECORDS - QUORUM]);
    }

    /** Epoch milliseconds; {@link #UNKNOWN} before {@value #QUORUM} records were read. */
    long watermarkMs() {
        return watermarkMs;
    }
}
