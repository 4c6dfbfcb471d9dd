package io.replaylinker.topology;

import java.util.Arrays;

/**
 * How far a stream of receive times has come, by the word of most of its records and not of one: it stands at the moment that {@value
 * #QUORUM} of the last {@value #RECORDS} had reached. So {@value #MAX_OUTLIERS} records from the future move it nowhere, and a stream in
 * order is told {@value #MAX_OUTLIERS} records late. It never goes back.
 */
final class WatermarkEstimator {

    /** As many as a wrong clock may spoil at once, twice; few enough for a quiet partition to get them in minutes. */
    static final int RECORDS = 16;

    static final int QUORUM = 9;
    static final int MAX_OUTLIERS = QUORUM - 1;

    /** As long as too few records came. */
    static final long UNKNOWN = 0;

    private final long[] last = new long[RECORDS];
    private int next;
    private long watermarkMs = UNKNOWN;

    /** Takes the receive time of the next record, epoch milliseconds. */
    void add(long receivedMs) {
        last[next] = receivedMs;
        next = (next + 1) % RECORDS;
        long[] sorted = last.clone();
        Arrays.sort(sorted);
        watermarkMs = Math.max(watermarkMs, sorted[RECORDS - QUORUM]);
    }

    /** Epoch milliseconds, {@link #UNKNOWN} before {@value #QUORUM} records agree. */
    long watermarkMs() {
        return watermarkMs;
    }
}
