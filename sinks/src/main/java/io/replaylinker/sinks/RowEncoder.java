package io.replaylinker.sinks;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Encodes a value as a row in the format of the table. A pure function of its arguments: the same record always gives the same bytes,
 * otherwise a repeated batch would not be recognized.
 */
@FunctionalInterface
public interface RowEncoder<T> {

    /**
     * Writes the row.
     *
     * @param recordTimestampMs timestamp of the Kafka record, epoch milliseconds
     */
    void encode(T value, long recordTimestampMs, OutputStream out) throws IOException;
}
