package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows on the heap, for tests and small bounded runs. */
public final class HeapRows implements Rows {

    private final NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);

    @Override
    public byte @Nullable [] get(byte[] key) {
        return rows.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        rows.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        rows.remove(key);
    }

    @Override
    public Cursor from(byte[] from, byte[] prefix) {
        return prefix.length == 0 ? new Walk(from) : snapshot(from, prefix);
    }

    private Cursor snapshot(byte[] from, byte[] prefix) {
        List<Row> found = new ArrayList<>();
        for (Map.Entry<byte[], byte[]> row : rows.tailMap(from, true).entrySet()) {
            if (!startsWith(row.getKey(), prefix)) {
                break;
            }
            found.add(new Row(row.getKey(), row.getValue()));
        }
        Iterator<Row> all = found.iterator();
        return new Cursor() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public Row next() {
                return all.next();
            }

            @Override
            public void close() {}
        };
    }

    /** How many rows there are. */
    public int size() {
        return rows.size();
    }

    /** Over all rows, of which expiry looks at the first few every second: not a copy. Rows may change meanwhile. */
    private final class Walk implements Cursor {

        private Map.@Nullable Entry<byte[], byte[]> next;

        Walk(byte[] from) {
            next = rows.ceilingEntry(from);
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Row next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            Row row = new Row(next.getKey(), next.getValue());
            next = rows.higherEntry(row.key());
            return row;
        }

        @Override
        public void close() {}
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
