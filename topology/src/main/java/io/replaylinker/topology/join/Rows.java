package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one step of the join: rows in the unsigned order of their keys. All that the join asks of a store, so that Kafka
 * Streams, a test and a benchmark run the same class.
 */
public interface Rows {

    /** A row; the arrays are the caller's to keep, not to change. */
    @SuppressWarnings("ArrayRecordComponent") // never compared; a copy of each would cost as much as the row
    record Row(byte[] key, byte[] value) {}

    /** Rows in key order; rows put or deleted after it was opened may or may not be seen. To be closed. */
    interface Cursor extends Iterator<Row>, AutoCloseable {
        @Override
        void close();
    }

    byte @Nullable [] get(byte[] key);

    void put(byte[] key, byte[] value);

    void delete(byte[] key);

    /** All rows whose key starts with these bytes. */
    Cursor prefix(byte[] prefix);

    /** The same, read to the end, so that rows may be changed while one goes through them. */
    default List<Row> all(byte[] prefix) {
        List<Row> all = new ArrayList<>();
        try (Cursor found = prefix(prefix)) {
            found.forEachRemaining(all::add);
        }
        return all;
    }
}
