package io.replaylinker.sinks;

import io.replaylinker.clickhouse.ErrorClass;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The wait after a failure. It doubles with each attempt, or is the long pause of an open circuit. A jitter of 30 % to both sides keeps
 * many sinks from retrying at the same moment.
 */
public final class RetryWaits {

    private static final double SPREAD = 0.3;

    private final SinkSettings settings;
    private final DoubleSupplier random;

    /**
     * The waits of a sink with these settings.
     *
     * @param random source of the jitter, values from 0 to 1
     */
    public RetryWaits(SinkSettings settings, DoubleSupplier random) {
        this.settings = settings;
        this.random = random;
    }

    /**
     * The wait before the next attempt.
     *
     * @param failures number of consecutive failures, at least 1
     */
    public Duration after(ErrorClass errorClass, int failures) {
        return spread(
                errorClass == ErrorClass.CIRCUIT_BREAK
                        ? (double) settings.circuitPause().toMillis()
                        : doubled(failures));
    }

    private double doubled(int failures) {
        double millis = (double) settings.firstRetry().toMillis() * Math.pow(2, failures - 1.0);
        return Math.min(millis, (double) settings.longestRetry().toMillis());
    }

    private Duration spread(double millis) {
        return Duration.ofMillis(Math.round(millis * (1 + SPREAD * (2 * random.getAsDouble() - 1))));
    }
}
