package io.replaylinker.sinks;

import io.replaylinker.clickhouse.SinkException;
import io.replaylinker.schemas.DeadLetter;

/** Where the letters of rows that were set aside go. Used by one thread at a time. */
@FunctionalInterface
public interface DeadLetterOutput {

    /**
     * Returns when the letter is safe.
     *
     * @throws SinkException when that is not certain, and whether it may pass
     */
    void write(DeadLetter deadLetter);
}
