package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of one step of the join: rows in the unsigned order of their keys. All that the join asks of a store, so that Kafka
 * Streams, a test and a benchmark run the same class.
 */
public interface Rows {

    /** How many rows are held at once while one goes through many of them. */
    int CHUNK = 500;

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

    /**
     * The rows whose key starts with the prefix, from the first one that is not below another key.
     *
     * @param from starts with the prefix
     */
    Cursor from(byte[] from, byte[] prefix);

    /** All rows whose key starts with the prefix. */
    default Cursor prefix(byte[] prefix) {
        return from(prefix, prefix);
    }

    /** At most so many rows, read before any of them is changed. */
    default List<Row> take(byte[] from, byte[] prefix, int atMost) {
        List<Row> taken = new ArrayList<>();
        try (Cursor found = from(from, prefix)) {
            while (taken.size() < atMost && found.hasNext()) {
                taken.add(found.next());
            }
        }
        return taken;
    }

    /** Goes through the rows in chunks, so that they may be changed on the way, and a million of them fit into little memory. */
    default void each(byte[] from, byte[] prefix, Consumer<Row> action) {
        byte[] next = from;
        while (true) {
            List<Row> chunk = take(next, prefix, CHUNK);
            chunk.forEach(action);
            if (chunk.size() < CHUNK) {
                return;
            }
            next = Keys.after(chunk.get(CHUNK - 1).key());
        }
    }
}
