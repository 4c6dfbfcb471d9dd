package io.replaylinker.sinks;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.SinkException;

/** A row that fails all alone stops the sink, and waits where it is until somebody acts. */
record StopAtBadRow() implements BadRows {

    @Override
    public void accept(Batch row, SinkException failure) {
        throw new SinkException(
                ErrorClass.PERMANENT,
                "the row of " + row.partition() + "@" + row.firstOffset() + " fails all alone: " + failure.getMessage(),
                failure);
    }

    @Override
    public boolean wantsRecords() {
        return false;
    }
}
