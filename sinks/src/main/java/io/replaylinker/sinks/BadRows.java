package io.replaylinker.sinks;

import io.replaylinker.clickhouse.StorageException;

/** The handling of a bad row: one that fails alone. Such a row is never dropped silently. */
public sealed interface BadRows permits StopAtBadRow, SetAsideRows {

    /** Stops the sink at the bad row. */
    static BadRows stop() {
        return new StopAtBadRow();
    }

    /**
     * Writes the bad row as a dead letter and continues.
     *
     * @param headBytes number of leading bytes of the record in the dead letter, 0 to 4096; they may contain personal data
     */
    static BadRows setAside(DeadLetterOutput output, int headBytes) {
        return new SetAsideRows(output, headBytes);
    }

    /**
     * Handles a bad row. Returns when the row is safe elsewhere.
     *
     * @throws StorageException when it is not safe
     */
    void accept(Batch row, StorageException failure);

    /** Returns whether batches have to keep the source records. */
    boolean wantsRecords();
}
