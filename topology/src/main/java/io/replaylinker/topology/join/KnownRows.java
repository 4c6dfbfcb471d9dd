package io.replaylinker.topology.join;

import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of which memory knows which are not there. Nearly every event is new and half of all traces belong to no replay, so without
 * this most reads would look through the whole store and find nothing.
 *
 * <p>Deleted keys stay in the filter until it is made anew: a walk over all rows, some at a time, while the old one goes on.
 */
final class KnownRows implements Rows {

    private static final byte[] ALL = {};
    private static final int FEWEST_KEYS = 1 << 16;
    /** 8 MB; with more rows than half of that it says less and less often that there is nothing, and reads come back. */
    private static final int MOST_KEYS = 1 << 22;

    private final Rows rows;
    private final int fewestKeys;
    /** Null before {@link #readAll}. */
    private @Nullable KeyFilter known;

    /** Of keys, since the filter was begun. */
    private int deleted;
    /** The filter to come, as far as the walk is; null when none is being made. */
    private @Nullable KeyFilter next;

    private int deletedBeforeNext;
    private byte[] at = ALL;

    KnownRows(Rows rows) {
        this(rows, FEWEST_KEYS);
    }

    /**
     * Of another size.
     *
     * @param fewestKeys that a filter is made for
     */
    KnownRows(Rows rows, int fewestKeys) {
        this.rows = rows;
        this.fewestKeys = fewestKeys;
    }

    /**
     * Reads all rows once, and knows from then on which there are.
     *
     * @param each is given every row
     */
    void readAll(Consumer<Row> each) {
        KeyFilter all = rows.isInMemory() ? null : new KeyFilter(fewestKeys);
        try (Cursor cursor = rows.prefix(ALL)) {
            cursor.forEachRemaining(row -> {
                if (all != null) {
                    note(all, row.key());
                }
                each.accept(row);
            });
        }
        known = all;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return mayHave(key) ? rows.get(key) : null;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        if (known != null) {
            note(known, key);
        }
        if (next != null) {
            note(next, key);
        }
        rows.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        deleted += Keys.isOfGroup(key) ? 2 : 1;
        rows.delete(key);
    }

    @Override
    public Cursor from(byte[] from, byte[] prefix) {
        return Keys.isGroup(prefix) && !mayHave(prefix) ? Nothing.CURSOR : rows.from(from, prefix);
    }

    private boolean mayHave(byte[] key) {
        return known == null || known.mayHave(key, key.length);
    }

    /**
     * Goes on with making the filter anew, if it is full or half of it is of rows that are gone.
     *
     * @return rows looked at; as many as allowed means that there are more
     */
    int refresh(int atMost) {
        if (next == null) {
            if (known == null || !isStale(known)) {
                return 0;
            }
            next = new KeyFilter(Math.min(MOST_KEYS, Math.max(fewestKeys, 2 * (known.size() - deleted))));
            deletedBeforeNext = deleted;
            at = ALL;
        }
        KeyFilter coming = next;
        var chunk = rows.take(at, ALL, atMost);
        chunk.forEach(row -> note(coming, row.key()));
        if (chunk.size() == atMost) {
            at = Keys.after(chunk.get(atMost - 1).key());
        } else {
            known = coming;
            next = null;
            deleted -= deletedBeforeNext;
        }
        return chunk.size();
    }

    private boolean isStale(KeyFilter known) {
        boolean isFull = known.size() > known.capacity() && known.capacity() < MOST_KEYS;
        return isFull || deleted > Math.max(fewestKeys, known.size()) / 2;
    }

    private static void note(KeyFilter filter, byte[] key) {
        filter.add(key, key.length);
        if (Keys.isOfGroup(key)) {
            filter.add(key, Keys.GROUP);
        }
    }

    /** No rows. */
    private enum Nothing implements Cursor {
        CURSOR;

        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public Row next() {
            throw new NoSuchElementException();
        }

        @Override
        public void close() {}
    }
}
