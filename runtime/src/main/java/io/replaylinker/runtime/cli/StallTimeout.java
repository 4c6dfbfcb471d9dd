package io.replaylinker.runtime.cli;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Waits for a condition as long as there is progress: a large dump takes its time, but a stalled run has to fail.
 *
 * @param timeout without any progress for so long the wait fails
 * @param cancelled whether the user wants to stop
 */
public record StallTimeout(Duration timeout, BooleanSupplier cancelled) {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /**
     * Waits until the condition holds.
     *
     * @param what for the message, as {@code the join}
     * @param progress any number that changes with progress
     * @throws CommandFailedException if there is no progress any more, or the user wants to stop
     */
    public void await(String what, BooleanSupplier condition, LongSupplier progress) throws InterruptedException {
        long lastProgress = progress.getAsLong();
        long since = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (cancelled.getAsBoolean()) {
                throw new CommandFailedException("stopped before the end");
            }
            long now = progress.getAsLong();
            if (now != lastProgress) {
                lastProgress = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > timeout.toNanos()) {
                throw new CommandFailedException(
                        what + " made no progress for " + timeout.toSeconds() + " s, so it is given up");
            }
            Thread.sleep(LOOK_EVERY.toMillis());
        }
    }
}
