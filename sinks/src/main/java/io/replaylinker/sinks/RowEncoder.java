package io.replaylinker.sinks;

import java.io.IOException;
import java.io.OutputStream;

/**
 * One value as one row in the format of the table. A pure function of its arguments: the same record gives the same bytes in
 * every run, else a repeated batch would not be recognised.
 */
@FunctionalInterface
public interface RowEncoder<T> {

    /**
     * Writes the row.
     *
     * @param recordTimestampMs timestamp of the record in Kafka, epoch milliseconds
     */
    void encode(T value, long recordTimestampMs, OutputStream out) throws IOException;
}
