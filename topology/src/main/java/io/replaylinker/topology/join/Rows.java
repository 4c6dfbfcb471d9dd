package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of one step of the join: rows on the heap, in the unsigned order of their keys. Those of one trace, replay or event lie
 * together and are found by a hash; only a walk over a whole table, which is rare, has to sort them.
 */
public final class Rows {

    /** How many rows are held at once while one goes through many of them. */
    private static final int CHUNK = 500;

    private static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

    /** Heads of two arrays, the row, and its place in a list or tree; by a heap histogram of a 64-bit JVM with compressed references. */
    private static final int ROW_OVERHEAD = 72;

    /** The group, its list, its key and its place in the table of groups. */
    private static final int GROUP_OVERHEAD = 176;

    /** A row; the arrays are the caller's to keep, not to change. */
    @SuppressWarnings("ArrayRecordComponent") // never compared; a copy of each would cost as much as the row
    public record Row(byte[] key, byte[] value) {}

    /** Rows whose keys have a table and an id. */
    private final Map<GroupKey, Group> groups = new HashMap<>();

    private final NavigableMap<byte[], byte[]> others = new TreeMap<>(ORDER);

    private long bytes;

    /** A walk over a table that has not come to its end; null for none. */
    private @Nullable Table table;

    /** Keys of a table, in their order, and how far a walk has come. */
    private static final class Table {

        private final byte[] prefix;
        private final List<byte[]> keys;
        private int at;

        Table(byte[] prefix, List<byte[]> keys) {
            this.prefix = prefix;
            this.keys = keys;
        }

        /** Whether this is where the walk has stopped; rows that came since may be seen or not. */
        boolean goesOn(byte[] from, byte[] walkedPrefix) {
            return at > 0 && Arrays.equals(prefix, walkedPrefix) && Arrays.equals(from, Keys.after(keys.get(at - 1)));
        }
    }

    /** Table and id. Its own methods, since those of a record go through method handles, which shows at ten look-ups an input. */
    private record GroupKey(byte table, long high, long low) {

        static GroupKey of(byte[] key) {
            return new GroupKey(key[0], Keys.number(key, 1), Keys.number(key, 1 + Long.BYTES));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof GroupKey key && key.low == low && key.high == high && key.table == table;
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(high * 31 + low) + table;
        }
    }

    byte @Nullable [] get(byte[] key) {
        if (!Keys.isGrouped(key)) {
            return others.get(key);
        }
        Group group = groups.get(GroupKey.of(key));
        return group == null ? null : group.get(key);
    }

    void put(byte[] key, byte[] value) {
        byte[] former = null;
        if (Keys.isGrouped(key)) {
            former = group(GroupKey.of(key)).put(key, value);
        } else {
            former = others.put(key, value);
        }
        bytes += former == null ? size(key, value) : value.length - former.length;
    }

    private Group group(GroupKey id) {
        Group group = groups.get(id);
        if (group == null) {
            group = new Group();
            groups.put(id, group);
            bytes += GROUP_OVERHEAD;
        }
        return group;
    }

    private static int size(byte[] key, byte[] value) {
        return key.length + value.length + ROW_OVERHEAD;
    }

    void delete(byte[] key) {
        byte[] former = Keys.isGrouped(key) ? deleteGrouped(key) : others.remove(key);
        if (former != null) {
            bytes -= size(key, former);
        }
    }

    private byte @Nullable [] deleteGrouped(byte[] key) {
        GroupKey id = GroupKey.of(key);
        Group group = groups.get(id);
        if (group == null) {
            return null;
        }
        byte[] former = group.delete(key);
        if (group.isEmpty()) {
            groups.remove(id);
            bytes -= GROUP_OVERHEAD;
        }
        return former;
    }

    /**
     * At most so many rows whose key starts with the prefix, from the first one that is not below another key. Walks over a table go on
     * where they stopped, so the keys are sorted once a walk and not for each chunk of it.
     *
     * @param from starts with the prefix
     */
    public List<Row> take(byte[] from, byte[] prefix, int atMost) {
        if (Keys.isGrouped(prefix)) {
            Group group = groups.get(GroupKey.of(prefix));
            return group == null ? List.of() : group.take(from, prefix, atMost);
        }
        Table walked = table;
        if (walked == null || !walked.goesOn(from, prefix)) {
            walked = new Table(
                    prefix, sorted(from, prefix).stream().map(Row::key).toList());
        }
        List<Row> taken = new ArrayList<>();
        while (taken.size() < atMost && walked.at < walked.keys.size()) {
            byte[] key = walked.keys.get(walked.at++);
            byte[] value = get(key);
            if (value != null) {
                taken.add(new Row(key, value));
            }
        }
        table = walked.at < walked.keys.size() ? walked : null;
        return taken;
    }

    /** Goes through the rows in chunks, so that they may be changed on the way; those put meanwhile may or may not be seen. */
    void each(byte[] from, byte[] prefix, Consumer<Row> action) {
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

    private List<Row> sorted(byte[] from, byte[] prefix) {
        List<Row> found = new ArrayList<>();
        for (Group group : groups.values()) {
            for (Row row : group.rows()) {
                if (startsWith(row.key(), prefix) && ORDER.compare(row.key(), from) >= 0) {
                    found.add(row);
                }
            }
        }
        for (Map.Entry<byte[], byte[]> row : others.tailMap(from, true).entrySet()) {
            if (!startsWith(row.getKey(), prefix)) {
                break;
            }
            found.add(new Row(row.getKey(), row.getValue()));
        }
        found.sort(Comparator.comparing(Row::key, ORDER));
        return found;
    }

    /** What they take on the heap, estimated to a tenth. */
    public long bytes() {
        return bytes;
    }

    /** How many rows there are. */
    public int size() {
        return others.size()
                + groups.values().stream()
                        .mapToInt(group -> group.rows().size())
                        .sum();
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The rows of one table and id in the order of their keys: nearly always a few, rarely a hundred thousand. */
    private static final class Group {

        private static final int FEW = 32;

        private final List<Row> few = new ArrayList<>(1);
        private @Nullable NavigableMap<byte[], Row> many;

        byte @Nullable [] get(byte[] key) {
            Row row = null;
            if (many != null) {
                row = many.get(key);
            } else {
                int at = find(key);
                row = at < 0 ? null : few.get(at);
            }
            return row == null ? null : row.value();
        }

        /** Where it is, or less than 0: by one less than where it would be. */
        private int find(byte[] key) {
            for (int i = 0; i < few.size(); i++) {
                int order = ORDER.compare(few.get(i).key(), key);
                if (order >= 0) {
                    return order == 0 ? i : -i - 1;
                }
            }
            return -few.size() - 1;
        }

        /**
         * Keeps the key that the row had before, since its deadline has that one too.
         *
         * @return what was there before
         */
        byte @Nullable [] put(byte[] key, byte[] value) {
            Row row = new Row(key, value);
            if (many != null) {
                Row former = many.get(key);
                return value(many.put(key, former == null ? row : new Row(former.key(), value)));
            }
            int at = find(key);
            if (at >= 0) {
                return few.set(at, new Row(few.get(at).key(), value)).value();
            }
            if (few.size() < FEW) {
                few.add(-at - 1, row);
            } else {
                many = new TreeMap<>(ORDER);
                few.forEach(one -> many.put(one.key(), one));
                few.clear();
                many.put(key, row);
            }
            return null;
        }

        /** @return what was there before */
        byte @Nullable [] delete(byte[] key) {
            if (many != null) {
                return value(many.remove(key));
            }
            int at = find(key);
            return at < 0 ? null : few.remove(at).value();
        }

        private static byte @Nullable [] value(@Nullable Row row) {
            return row == null ? null : row.value();
        }

        boolean isEmpty() {
            return many != null ? many.isEmpty() : few.isEmpty();
        }

        Collection<Row> rows() {
            return many != null ? many.values() : few;
        }

        /** A copy, since rows may change while one goes through them. */
        List<Row> take(byte[] from, byte[] prefix, int atMost) {
            List<Row> found = new ArrayList<>();
            Collection<Row> candidates = many != null ? many.tailMap(from, true).values() : few;
            for (Row row : candidates) {
                if (found.size() == atMost) {
                    break;
                }
                if (ORDER.compare(row.key(), from) >= 0 && startsWith(row.key(), prefix)) {
                    found.add(row);
                }
            }
            return found;
        }
    }
}
