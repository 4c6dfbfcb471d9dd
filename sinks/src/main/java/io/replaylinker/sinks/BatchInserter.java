package io.replaylinker.sinks;

import io.replaylinker.clickhouse.RequestPace;
import io.replaylinker.clickhouse.StorageException;

/**
 * Inserts batches into a target. Not thread-safe. Contract: {@link #insert} returns only when the rows are safe. The same batch may be
 * inserted any number of times and counts once. The inserter never retries by itself, because the caller owns the retry policy.
 */
public interface BatchInserter extends AutoCloseable {

    /**
     * Checks whether inserts can succeed, before the first one.
     *
     * @throws StorageException when they cannot, with its error class
     */
    void prepare();

    /**
     * Inserts all rows of the batch.
     *
     * @throws StorageException when it is not certain that all rows are in
     */
    void insert(Batch batch);

    /** The request pace for a failing server. Inserters of the same server return the same object. */
    default RequestPace pace() {
        return RequestPace.oneASecond();
    }

    /** Releases all resources. An insert that is still running in its thread fails. */
    @Override
    void close();
}
