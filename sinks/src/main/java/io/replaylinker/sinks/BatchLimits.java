package io.replaylinker.sinks;

import java.time.Duration;

/**
 * The limits of a batch. The first one that is reached closes it.
 *
 * @param rows at least 1
 * @param bytes of encoded rows, at least 1
 * @param delay how long the first record waits, more than zero
 */
public record BatchLimits(int rows, int bytes, Duration delay) {

    public static final BatchLimits DEFAULT = new BatchLimits(10_000, 8 << 20, Duration.ofSeconds(1));

    public BatchLimits {
        if (rows < 1 || bytes < 1 || delay.isNegative() || delay.isZero()) {
            throw new IllegalArgumentException("a batch needs room for a row, a byte and some time");
        }
    }
}
