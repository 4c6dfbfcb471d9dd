package io.replaylinker.sinks;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.RequestPace;
import io.replaylinker.clickhouse.StorageException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the work of the inserter in its own thread and retries while the failure may pass. The sink's thread stays free to poll and keeps
 * its partitions.
 */
final class InsertAttempts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InsertAttempts.class);

    private final RequestPace pace;
    private final RetryWaits waits;
    private final Timetable timetable;
    private final SinkMetrics metrics;
    private final SinkProgress progress;

    InsertAttempts(
            RequestPace pace, RetryWaits waits, Timetable timetable, SinkMetrics metrics, SinkProgress progress) {
        this.pace = pace;
        this.waits = waits;
        this.timetable = timetable;
        this.metrics = metrics;
        this.progress = progress;
    }

    /** Runs the work and retries it until it succeeds. */
    CompletableFuture<Void> run(Runnable work) {
        return run(work, UnaryOperator.identity());
    }

    /**
     * Runs the work with retries. The future completes when the work has succeeded, or with a permanent failure. Cancelling it stops the
     * retries; an attempt that is running continues.
     *
     * @param meaning maps an error class to the one that applies to this work
     */
    CompletableFuture<Void> run(Runnable work, UnaryOperator<ErrorClass> meaning) {
        Work made = new Work(work, meaning, new CompletableFuture<>());
        after(Duration.ZERO, made, 0);
        return made.done;
    }

    private void after(Duration wait, Work work, int failures) {
        try {
            timetable.after(wait, () -> attempt(work, failures));
        } catch (RejectedExecutionException e) {
            work.done.cancel(false);
        }
    }

    private void attempt(Work work, int failures) {
        if (work.done.isDone()) {
            return;
        }
        Duration untilTurn = pace.turn();
        if (!untilTurn.isZero()) {
            after(untilTurn, work, failures);
            return;
        }
        try {
            work.task.run();
        } catch (RuntimeException | LinkageError e) {
            failed(work, failures + 1, e);
            return;
        }
        pace.succeeded();
        metrics.circuitOpen(false);
        progress.state(SinkState.RUNNING);
        work.done.complete(null);
    }

    private void failed(Work work, int failures, Throwable failure) {
        pace.failed();
        ErrorClass errorClass = work.meaning.apply(classOf(failure));
        metrics.failedAttempt(errorClass);
        metrics.circuitOpen(errorClass == ErrorClass.CIRCUIT_BREAK);
        if (errorClass != ErrorClass.RETRYABLE && errorClass != ErrorClass.CIRCUIT_BREAK) {
            work.done.completeExceptionally(failure);
            return;
        }
        if (timetable.isClosed()) {
            return;
        }
        progress.state(SinkState.RETRYING);
        Duration wait = waits.after(errorClass, failures);
        LOG.warn("{}; {}", failure.getMessage(), outlook(errorClass, wait));
        after(wait, work, failures);
    }

    private static String outlook(ErrorClass errorClass, Duration wait) {
        return errorClass == ErrorClass.CIRCUIT_BREAK
                ? "no attempt for " + wait.toSeconds() + " s, then one"
                : "retrying in " + wait.toMillis() + " ms";
    }

    /** An unexpected exception is a defect, which a retry does not fix. */
    private static ErrorClass classOf(Throwable failure) {
        return failure instanceof StorageException known ? known.errorClass() : ErrorClass.PERMANENT;
    }

    @Override
    public void close() {
        timetable.close();
    }

    private record Work(Runnable task, UnaryOperator<ErrorClass> meaning, CompletableFuture<Void> done) {}
}
