package io.replaylinker.clickhouse;

import java.io.IOException;
import java.io.OutputStream;

/** How the columns of a table encode a value. */
@FunctionalInterface
interface RowEncoder<T> {
    void encode(T value, long recordTimestampMs, OutputStream out) throws IOException;
}
