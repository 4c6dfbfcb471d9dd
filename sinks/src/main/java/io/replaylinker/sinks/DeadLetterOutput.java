package io.replaylinker.sinks;

import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.schemas.DeadLetter;

/** The target of dead letters for bad rows. Not thread-safe. */
@FunctionalInterface
public interface DeadLetterOutput {

    /**
     * Writes a dead letter. Returns when it is safe.
     *
     * @throws StorageException when it is not certain that the dead letter is safe, with its error class
     */
    void write(DeadLetter deadLetter);
}
