package io.replaylinker.sinks;

import java.time.Duration;

/**
 * Settings for batches, retries and the end of a sink.
 *
 * @param firstRetry wait before the first retry, with a jitter of 30 % to both sides; it doubles with each attempt
 * @param longestRetry largest wait, exceeded by the jitter at most; longer than firstRetry
 * @param circuitPause wait of an open circuit, with the same jitter; at least firstRetry
 * @param closeWithin how long {@code close} may take to finish what has been read
 */
public record SinkSettings(
        BatchLimits limits, Duration firstRetry, Duration longestRetry, Duration circuitPause, Duration closeWithin) {

    /** Merging too many parts takes minutes, and so does freeing disk space. */
    private static final Duration CIRCUIT_PAUSE = Duration.ofMinutes(2);

    /** The first retry comes after 1.05 s at the earliest, so a failing server receives at most one request per second. */
    public static final SinkSettings DEFAULT = new SinkSettings(
            BatchLimits.DEFAULT,
            Duration.ofMillis(1_500),
            Duration.ofSeconds(60),
            CIRCUIT_PAUSE,
            Duration.ofSeconds(20));

    /** Settings with a pause of two minutes for an open circuit. */
    public SinkSettings(BatchLimits limits, Duration firstRetry, Duration longestRetry, Duration closeWithin) {
        this(limits, firstRetry, longestRetry, CIRCUIT_PAUSE, closeWithin);
    }

    public SinkSettings {
        if (firstRetry.isNegative() || firstRetry.isZero() || longestRetry.compareTo(firstRetry) <= 0) {
            throw new IllegalArgumentException("the longest wait between retries must be longer than the first one");
        }
        if (circuitPause.compareTo(firstRetry) < 0) {
            throw new IllegalArgumentException("an open circuit cannot pause for less than the first retry");
        }
        if (closeWithin.isNegative()) {
            throw new IllegalArgumentException("closing cannot take less than no time");
        }
    }
}
