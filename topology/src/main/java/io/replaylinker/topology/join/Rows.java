package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of one step of the join: rows on the heap, in the unsigned order of their keys. Those of one trace, replay or event lie
 * together and are found by a hash; only a walk over a whole table, which is rare, has to sort them.
 *
 * <p>A row is two arrays in a large table of references and no object beside them. With a node, a key and a list for each, the collector
 * took a third of the join's time.
 */
public final class Rows {

    /** How many rows are held at once while one goes through many of them. */
    private static final int CHUNK = 500;

    private static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

    /** Heads of two arrays, what they are rounded up by, and their places in a table that is half full. */
    private static final int ROW_OVERHEAD = 56;

    /** The group and its two arrays. */
    private static final int GROUP_OVERHEAD = 120;

    private static final int FEWEST_SLOTS = 1 << 10;

    /** A row; the arrays are the caller's to keep, not to change. */
    @SuppressWarnings("ArrayRecordComponent") // never compared; a copy of each would cost as much as the row
    public record Row(byte[] key, byte[] value) {}

    /**
     * Rows whose keys have a table and an id, by open addressing: in each slot nothing, or the key and the value of the only row of an id, or
     * its {@link Group} and nothing. Their number is a power of two.
     */
    private @Nullable Object[] slots = new @Nullable Object[2 * FEWEST_SLOTS];

    private int used;

    private final NavigableMap<byte[], byte[]> others = new TreeMap<>(ORDER);

    private int size;
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

    byte @Nullable [] get(byte[] key) {
        if (!Keys.isGrouped(key)) {
            return others.get(key);
        }
        int slot = slot(key);
        Object found = slots[slot];
        if (found instanceof Group group) {
            return group.get(key);
        }
        return found != null && Arrays.equals((byte[]) found, key) ? (byte[]) slots[slot + 1] : null;
    }

    /** Keeps the key that the row had before, since its deadline has that one too. */
    void put(byte[] key, byte[] value) {
        byte[] former = Keys.isGrouped(key) ? putGrouped(key, value) : others.put(key, value);
        if (former == null) {
            size++;
            bytes += size(key, value);
        } else {
            bytes += value.length - former.length;
        }
    }

    private byte @Nullable [] putGrouped(byte[] key, byte[] value) {
        int slot = slot(key);
        Object found = slots[slot];
        if (found == null) {
            slots[slot] = key;
            slots[slot + 1] = value;
            if (++used > slots.length / 2 / 3 * 2) {
                grow();
            }
            return null;
        }
        if (found instanceof Group group) {
            return group.put(key, value);
        }
        byte[] only = (byte[]) found;
        byte[] former = (byte[]) slots[slot + 1];
        if (Arrays.equals(only, key)) {
            slots[slot + 1] = value;
            return former;
        }
        Group group = new Group(only);
        group.put(only, former == null ? Keys.NOTHING : former);
        slots[slot] = group;
        slots[slot + 1] = null;
        bytes += GROUP_OVERHEAD;
        return group.put(key, value);
    }

    void delete(byte[] key) {
        byte[] former = Keys.isGrouped(key) ? deleteGrouped(key) : others.remove(key);
        if (former != null) {
            size--;
            bytes -= size(key, former);
        }
    }

    private byte @Nullable [] deleteGrouped(byte[] key) {
        int slot = slot(key);
        Object found = slots[slot];
        if (found instanceof Group group) {
            byte[] former = group.delete(key);
            if (group.isEmpty()) {
                bytes -= GROUP_OVERHEAD;
                free(slot);
            }
            return former;
        }
        if (found == null || !Arrays.equals((byte[]) found, key)) {
            return null;
        }
        byte[] former = (byte[]) slots[slot + 1];
        free(slot);
        return former;
    }

    private static int size(byte[] key, byte[] value) {
        return key.length + value.length + ROW_OVERHEAD;
    }

    /** Where the rows of the key's table and id are, or would be: an even number. */
    private int slot(byte[] key) {
        int slot = home(key);
        for (Object found = slots[slot]; found != null && !isOfGroup(found, key); found = slots[slot]) {
            slot = next(slot);
        }
        return slot;
    }

    private int home(byte[] key) {
        long hash = (Keys.number(key, 1) * 31 + Keys.number(key, 1 + Long.BYTES) + key[0]) * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 32) & (slots.length - 2);
    }

    private int next(int slot) {
        return (slot + 2) & (slots.length - 2);
    }

    private static boolean isOfGroup(Object found, byte[] key) {
        return Arrays.equals(keyOf(found), 0, Keys.GROUP, key, 0, Keys.GROUP);
    }

    /** Of a row of the group. */
    private static byte[] keyOf(Object found) {
        return found instanceof Group group ? group.id : (byte[]) found;
    }

    private void grow() {
        @Nullable Object[] before = slots;
        slots = new @Nullable Object[2 * before.length];
        for (int i = 0; i < before.length; i += 2) {
            Object found = before[i];
            if (found != null) {
                int slot = slot(keyOf(found));
                slots[slot] = found;
                slots[slot + 1] = before[i + 1];
            }
        }
    }

    /** Moves those behind it back, as far as they were put off their homes by it. */
    private void free(int slot) {
        used--;
        int hole = slot;
        int at = next(slot);
        for (Object found = slots[at]; found != null; found = slots[at]) {
            int away = (at - home(keyOf(found))) & (slots.length - 1);
            int toHole = (at - hole) & (slots.length - 1);
            if (away >= toHole) {
                slots[hole] = found;
                slots[hole + 1] = slots[at + 1];
                hole = at;
            }
            at = next(at);
        }
        slots[hole] = null;
        slots[hole + 1] = null;
    }

    /**
     * At most so many rows whose key starts with the prefix, from the first one that is not below another key. Walks over a table go on
     * where they stopped, so the keys are sorted once a walk and not for each chunk of it.
     *
     * @param from starts with the prefix
     */
    public List<Row> take(byte[] from, byte[] prefix, int atMost) {
        if (Keys.isGrouped(prefix)) {
            int slot = slot(prefix);
            List<Row> found = new ArrayList<>();
            take(slots[slot], slots[slot + 1], from, prefix, atMost, found);
            return found;
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

    private static void take(
            @Nullable Object found, @Nullable Object value, byte[] from, byte[] prefix, int atMost, List<Row> taken) {
        if (found instanceof Group group) {
            group.take(from, prefix, atMost, taken);
        } else if (found != null && value != null) {
            byte[] key = (byte[]) found;
            if (startsWith(key, prefix) && ORDER.compare(key, from) >= 0) {
                taken.add(new Row(key, (byte[]) value));
            }
        }
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
        for (int slot = 0; slot < slots.length; slot += 2) {
            take(slots[slot], slots[slot + 1], from, prefix, Integer.MAX_VALUE, found);
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
        return size;
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The rows of one table and id, where they are several, in the order of their keys: nearly always a few, rarely a hundred thousand. */
    private static final class Group {

        private static final int FEW = 32;
        private static final int FEWEST = 2;

        /** One of its keys, which may be of a row that is gone. */
        private final byte[] id;

        private byte[][] keys = new byte[FEWEST][];
        private byte[][] values = new byte[FEWEST][];
        private int few;
        private @Nullable NavigableMap<byte[], Row> many;

        Group(byte[] id) {
            this.id = id;
        }

        byte @Nullable [] get(byte[] key) {
            if (many != null) {
                return value(many.get(key));
            }
            int at = find(key);
            return at < 0 ? null : values[at];
        }

        /** Where it is, or less than 0: by one less than where it would be. */
        private int find(byte[] key) {
            for (int i = 0; i < few; i++) {
                int order = ORDER.compare(keys[i], key);
                if (order >= 0) {
                    return order == 0 ? i : -i - 1;
                }
            }
            return -few - 1;
        }

        /** @return what was there before */
        byte @Nullable [] put(byte[] key, byte[] value) {
            if (many != null) {
                Row former = many.get(key);
                return value(many.put(key, new Row(former == null ? key : former.key(), value)));
            }
            int at = find(key);
            if (at >= 0) {
                byte[] former = values[at];
                values[at] = value;
                return former;
            }
            if (few == FEW) {
                NavigableMap<byte[], Row> all = new TreeMap<>(ORDER);
                for (int i = 0; i < few; i++) {
                    all.put(keys[i], new Row(keys[i], values[i]));
                }
                all.put(key, new Row(key, value));
                many = all;
                keys = new byte[0][];
                values = keys;
                few = 0;
                return null;
            }
            insert(-at - 1, key, value);
            return null;
        }

        private void insert(int at, byte[] key, byte[] value) {
            if (few == keys.length) {
                int length = few + few / 2;
                keys = Arrays.copyOf(keys, length);
                values = Arrays.copyOf(values, length);
            }
            System.arraycopy(keys, at, keys, at + 1, few - at);
            System.arraycopy(values, at, values, at + 1, few - at);
            keys[at] = key;
            values[at] = value;
            few++;
        }

        /** @return what was there before */
        byte @Nullable [] delete(byte[] key) {
            if (many != null) {
                return value(many.remove(key));
            }
            int at = find(key);
            if (at < 0) {
                return null;
            }
            byte[] former = values[at];
            few--;
            System.arraycopy(keys, at + 1, keys, at, few - at);
            System.arraycopy(values, at + 1, values, at, few - at);
            keys[few] = Keys.NOTHING;
            values[few] = Keys.NOTHING;
            return former;
        }

        private static byte @Nullable [] value(@Nullable Row row) {
            return row == null ? null : row.value();
        }

        boolean isEmpty() {
            return many != null ? many.isEmpty() : few == 0;
        }

        /** Copies, since rows may change while one goes through them. */
        void take(byte[] from, byte[] prefix, int atMost, List<Row> taken) {
            if (many != null) {
                for (Row row : many.tailMap(from, true).values()) {
                    if (taken.size() == atMost || !startsWith(row.key(), prefix)) {
                        return;
                    }
                    taken.add(row);
                }
                return;
            }
            for (int i = 0; i < few && taken.size() < atMost; i++) {
                if (ORDER.compare(keys[i], from) >= 0 && startsWith(keys[i], prefix)) {
                    taken.add(new Row(keys[i], values[i]));
                }
            }
        }
    }
}
