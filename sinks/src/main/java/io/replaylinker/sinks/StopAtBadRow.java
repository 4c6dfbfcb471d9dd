package io.replaylinker.sinks;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.SinkException;

/** Stops the sink at a bad row. The row stays in the topic until an operator acts. */
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
