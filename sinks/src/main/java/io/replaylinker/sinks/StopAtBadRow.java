package io.replaylinker.sinks;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;

/** Stops the sink at a bad row. The row stays in the topic until an operator acts. */
record StopAtBadRow() implements BadRows {

    @Override
    public void accept(Batch row, StorageException failure) {
        throw new StorageException(
                ErrorClass.PERMANENT,
                "the row of " + row.partition() + "@" + row.firstOffset() + " fails on its own: "
                        + failure.getMessage(),
                failure);
    }

    @Override
    public boolean wantsRecords() {
        return false;
    }
}
