package io.replaylinker.sinks;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.SinkException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * The one batch that is on its way, seen from the sink's thread. One at a time, because a ClickHouse that gets many small inserts
 * at once falls behind with its merges.
 */
final class InFlightInsert {

    private final BatchInserts inserts;
    private @Nullable Batch batch;
    private @Nullable BatchInsert insert;
    private @Nullable CompletableFuture<Void> future;

    InFlightInsert(BatchInserts inserts) {
        this.inserts = inserts;
    }

    boolean isIdle() {
        return future == null;
    }

    boolean isOf(Collection<TopicPartition> partitions) {
        return batch != null && partitions.contains(batch.partition());
    }

    void start(Batch next) {
        batch = next;
        insert = inserts.of(next);
        future = insert.start();
    }

    /**
     * The batch if it has become safe within the given time, else null.
     *
     * @throws SinkException when it never will
     */
    @Nullable Batch awaitCompletion(Duration within) {
        if (future == null) {
            return null;
        }
        Batch completed = batch;
        try {
            if (!isDone(future, within)) {
                return null;
            }
        } catch (SinkException e) {
            forget();
            throw e;
        }
        forget();
        return completed;
    }

    /** Whatever comes of it is no longer asked for; an attempt that is under way may still reach the table, and does no harm. */
    void abandon() {
        if (insert != null) {
            insert.abandon();
        }
        forget();
    }

    private void forget() {
        batch = null;
        insert = null;
        future = null;
    }

    /** Waits for the work and passes its failure on. */
    static boolean isDone(CompletableFuture<Void> work, Duration within) {
        try {
            work.get(within.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SinkException known) {
                throw known;
            }
            throw new SinkException(ErrorClass.PERMANENT, "unexpected failure of an insert: " + e.getCause(), e);
        }
    }
}
