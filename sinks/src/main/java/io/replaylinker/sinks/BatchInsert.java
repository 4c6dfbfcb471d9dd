package io.replaylinker.sinks;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The insert of one batch until each of its rows is safe. The batch is inserted as a whole, or in repeated halves if some row does not fit
 * or the server has too little memory. The halves of a batch are the same in every run and carry their own tokens.
 */
final class BatchInsert {

    private static final Logger LOG = LoggerFactory.getLogger(BatchInsert.class);

    /** Divisor of the batch size. If a part of at most an eighth is still too much at once, the size is not the cause. */
    private static final int SMALLEST_SHARE = 8;

    /** If more rows are bad, the table is wrong and not the rows. */
    static final int MOST_BAD_ROWS = 100;

    private final BatchInserter inserter;
    private final InsertAttempts attempts;
    private final BadRows badRows;
    private final SinkMetrics metrics;
    private final Batch whole;
    private int badRowsFound;
    private boolean tableChecked;
    private volatile @Nullable CompletableFuture<Void> current;
    private volatile boolean abandoned;

    BatchInsert(BatchInserter inserter, InsertAttempts attempts, BadRows badRows, SinkMetrics metrics, Batch whole) {
        this.inserter = inserter;
        this.attempts = attempts;
        this.badRows = badRows;
        this.metrics = metrics;
        this.whole = whole;
    }

    /** Starts the insert. The future completes when the batch is safe, or with a permanent failure. */
    CompletableFuture<Void> start() {
        return insert(whole);
    }

    /** Stops the retries. An attempt that is running continues. */
    void abandon() {
        abandoned = true;
        CompletableFuture<Void> now = current;
        if (now != null) {
            now.cancel(false);
        }
    }

    private CompletableFuture<Void> insert(Batch part) {
        boolean small = part.rows() <= Math.max(1, whole.rows() / SMALLEST_SHARE);
        return run(() -> once(part), named -> small && named == ErrorClass.HALVE ? ErrorClass.CIRCUIT_BREAK : named)
                .exceptionallyCompose(thrown -> {
                    StorageException failure = known(thrown);
                    return switch (failure.errorClass()) {
                        case HALVE -> insertHalves(part, failure);
                        case SPLIT -> checkTable().thenCompose(same -> split(part, failure));
                        default -> CompletableFuture.failedFuture(failure);
                    };
                });
    }

    private void once(Batch part) {
        long startedNanos = System.nanoTime();
        inserter.insert(part);
        metrics.acknowledged(part, Duration.ofNanos(System.nanoTime() - startedNanos));
    }

    /** If the table has changed, all rows fail. The difference of the table explains more than the error of a row. */
    private CompletableFuture<Void> checkTable() {
        if (tableChecked) {
            return CompletableFuture.completedFuture(null);
        }
        tableChecked = true;
        return run(inserter::prepare, UnaryOperator.identity());
    }

    private CompletableFuture<Void> split(Batch part, StorageException failure) {
        if (part.rows() > 1) {
            return insertHalves(part, failure);
        }
        badRowsFound++;
        if (badRowsFound > MOST_BAD_ROWS) {
            return CompletableFuture.failedFuture(new StorageException(
                    ErrorClass.PERMANENT,
                    "more than " + MOST_BAD_ROWS + " rows of " + whole.range()
                            + " do not fit, so the table is wrong and not the rows; the last one: "
                            + failure.getMessage(),
                    failure));
        }
        return run(
                () -> {
                    badRows.accept(part, failure);
                    metrics.setAside();
                },
                UnaryOperator.identity());
    }

    private CompletableFuture<Void> insertHalves(Batch part, StorageException failure) {
        LOG.warn("{}; trying the halves of its {} rows", failure.getMessage(), part.rows());
        Iterator<Batch> halves = part.halves().iterator();
        return insert(halves.next()).thenCompose(safe -> insert(halves.next()));
    }

    private CompletableFuture<Void> run(Runnable work, UnaryOperator<ErrorClass> meaning) {
        CompletableFuture<Void> started = attempts.run(work, meaning);
        current = started;
        if (abandoned) {
            started.cancel(false);
        }
        return started;
    }

    private static StorageException known(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof StorageException known
                ? known
                : new StorageException(ErrorClass.PERMANENT, "unexpected failure of an insert: " + cause, cause);
    }
}
