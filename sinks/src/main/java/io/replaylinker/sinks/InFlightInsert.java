package io.replaylinker.sinks;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
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
 * The one insert in flight, as the sink's thread sees it. There is only one at a time, because the merges of ClickHouse fall behind if it
 * receives many small inserts at once.
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
     * Returns the batch if it becomes safe within the given time, otherwise null.
     *
     * @throws StorageException for a permanent failure
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
        } catch (StorageException e) {
            forget();
            throw e;
        }
        forget();
        return completed;
    }

    /** Ignores the result of the insert. A running attempt may still reach the table, which does no harm. */
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

    /** Waits for the work and rethrows its failure. */
    static boolean isDone(CompletableFuture<Void> work, Duration within) {
        try {
            work.get(within.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageException known) {
                throw known;
            }
            throw new StorageException(ErrorClass.PERMANENT, "unexpected failure of an insert: " + e.getCause(), e);
        }
    }
}
