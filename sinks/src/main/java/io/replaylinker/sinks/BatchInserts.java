package io.replaylinker.sinks;

import java.util.concurrent.CompletableFuture;

/** The inserting side of a sink: what starts inserts has what they need in common. */
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

    /** Completes when the inserter finds everything fit, or with the failure that does not pass. */
    CompletableFuture<Void> prepare() {
        return attempts.run(inserter::prepare);
    }

    /** An insert of the batch that is not yet started. */
    BatchInsert of(Batch batch) {
        return new BatchInsert(inserter, attempts, badRows, metrics, batch);
    }

    /** Whether batches are to keep the records of their rows. */
    boolean wantRecords() {
        return badRows.wantsRecords();
    }

    @Override
    public void close() {
        attempts.close();
        inserter.close();
    }
}
