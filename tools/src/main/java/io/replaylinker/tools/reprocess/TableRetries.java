package io.replaylinker.tools.reprocess;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.sinks.RetryWaits;
import io.replaylinker.sinks.SinkSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Repeats a query to ClickHouse for as long as the failure may be temporary, with the backoff of the sinks, and reports it: hours of
 * reading are not lost because a server restarts.
 */
final class TableRetries {

    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(100).toNanos();

    private final RetryWaits waits = new RetryWaits(SinkSettings.DEFAULT, Math::random);
    private final PrintWriter err;
    private final BooleanSupplier cancelled;

    TableRetries(PrintWriter err, BooleanSupplier cancelled) {
        this.err = err;
        this.cancelled = cancelled;
    }

    /**
     * Returns the answer.
     *
     * @throws StorageException when a retry would change nothing
     * @throws CommandFailedException when the user stops the run
     */
    <T> T ask(Supplier<T> question) {
        for (int failures = 1; ; failures++) {
            try {
                return question.get();
            } catch (StorageException e) {
                if (e.errorClass() != ErrorClass.RETRYABLE && e.errorClass() != ErrorClass.CIRCUIT_BREAK) {
                    throw e;
                }
                Duration wait = waits.after(e.errorClass(), failures);
                err.println("%s; retrying in %.1f s".formatted(e.getMessage(), wait.toMillis() / 1000.0));
                err.flush();
                pause(wait);
            }
        }
    }

    private void pause(Duration wait) {
        long until = System.nanoTime() + wait.toNanos();
        while (System.nanoTime() < until) {
            if (cancelled.getAsBoolean()) {
                throw new CommandFailedException("stopped before the end");
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
