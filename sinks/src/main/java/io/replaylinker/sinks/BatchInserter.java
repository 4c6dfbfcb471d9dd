package io.replaylinker.sinks;

import io.replaylinker.clickhouse.RequestPace;
import io.replaylinker.clickhouse.SinkException;

/**
 * Puts a batch where it belongs. Used by one thread at a time. Laws: {@link #insert} returns only when the rows are safe; the
 * same batch may be inserted any number of times and counts once; it never retries by itself, because the caller owns the policy.
 */
public interface BatchInserter extends AutoCloseable {

    /**
     * Looks whether inserts can work at all, before the first one.
     *
     * @throws SinkException when they cannot, and whether that may pass
     */
    void prepare();

    /**
     * Inserts all rows of the batch.
     *
     * @throws SinkException when it is not certain that all rows are in
     */
    void insert(Batch batch);

    /** How often the server behind it may be asked while it is sick; inserters of the same server give the same object. */
    default RequestPace pace() {
        return RequestPace.oneASecond();
    }

    /** Lets go of everything; an insert that is still under way in its thread fails. */
    @Override
    void close();
}
