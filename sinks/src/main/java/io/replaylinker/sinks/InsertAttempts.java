package io.replaylinker.sinks;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the work on the inserter in a thread of its own, again and again while the failure may pass, so that the sink's thread is
 * free to poll and keeps its partitions. The wait between two attempts doubles, and is spread so that many sinks do not knock at
 * the same moment.
 */
final class InsertAttempts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InsertAttempts.class);

    private final BatchInserter inserter;
    private final SinkMetrics metrics;
    private final SinkProgress progress;
    private final ScheduledExecutorService thread;
    private final FailsafeExecutor<Object> attempts;

    InsertAttempts(
            BatchInserter inserter, SinkSettings settings, SinkMetrics metrics, SinkProgress progress, String name) {
        this.inserter = inserter;
        this.metrics = metrics;
        this.progress = progress;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        RetryPolicy<Object> policy = RetryPolicy.builder()
                .handleIf(failure -> classOf(failure) == ErrorClass.RETRYABLE)
                .withBackoff(settings.firstRetry(), settings.longestRetry(), 2)
                .withJitter(0.3)
                .withMaxRetries(-1)
                .onRetryScheduled(event -> retrying(event.getLastException(), event.getDelay()))
                .build();
        attempts = Failsafe.with(policy).with(thread);
    }

    /** Completes when the inserter finds everything fit, or with the failure that does not pass. */
    CompletableFuture<Void> prepare() {
        return attempts.runAsync(() -> attempt(inserter::prepare));
    }

    /** Completes when the batch is safe, or with the failure that does not pass. */
    CompletableFuture<Void> insert(Batch batch) {
        return attempts.runAsync(() -> attempt(() -> {
            long startedNanos = System.nanoTime();
            inserter.insert(batch);
            metrics.acknowledged(batch, Duration.ofNanos(System.nanoTime() - startedNanos));
        }));
    }

    private void attempt(Runnable work) {
        try {
            work.run();
            progress.state(SinkState.RUNNING);
        } catch (RuntimeException e) {
            metrics.failedAttempt(classOf(e));
            throw e;
        }
    }

    private void retrying(Throwable failure, Duration delay) {
        if (thread.isShutdown()) {
            return;
        }
        progress.state(SinkState.RETRYING);
        LOG.warn("{}; trying again in {} ms", failure.getMessage(), delay.toMillis());
    }

    /** What is not foreseen is a mistake of the program, and repeating it mends nothing. */
    private static ErrorClass classOf(Throwable failure) {
        return failure instanceof SinkException known ? known.errorClass() : ErrorClass.PERMANENT;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        inserter.close();
    }
}
