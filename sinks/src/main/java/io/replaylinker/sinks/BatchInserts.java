package io.replaylinker.sinks;

import java.util.concurrent.CompletableFuture;

/** The inserting side of a sink: the dependencies that all of its inserts share. */
final class BatchInserts implements AutoCloseable {

    private final BatchInserter inserter;
    private final InsertAttempts attempts;
    private final BadRows badRows;
    private final SinkMetrics metrics;

    BatchInserts(BatchInserter inserter, InsertAttempts attempts, BadRows badRows, SinkMetrics metrics) {
        this.inserter = inserter;
        this.attempts = attempts;
        this.badRows = badRows;
        this.metrics = metrics;
    }

    /** Completes when the inserter is ready, or with a permanent failure. */
    CompletableFuture<Void> prepare() {
        return attempts.run(inserter::prepare);
    }

    /** Creates an insert of the batch without starting it. */
    BatchInsert of(Batch batch) {
        return new BatchInsert(inserter, attempts, badRows, metrics, batch);
    }

    /** Returns whether batches have to keep the source records of their rows. */
    boolean wantRecords() {
        return badRows.wantsRecords();
    }

    @Override
    public void close() {
        attempts.close();
        inserter.close();
    }
}
