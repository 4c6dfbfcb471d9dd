package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of one step of the join: rows on the heap. Rows of one trace, replay or event are chained in the order in
 * which they came, and found by a hash. A row is bytes in an {@link Arena} and five numbers in arrays, and no object:
 * with objects the garbage collector took a quarter of the join's time.
 */
public final class Rows {

    private static final int NONE = -1;
    private static final int FEWEST = 1 << 8;

    /**
     * A place, two neighbours, and a slot in the index of keys, of which three in eight are used on average; half of
     * one in that of groups.
     */
    private static final int ROW_OVERHEAD = 3 * Integer.BYTES + 4 * Long.BYTES;

    /** An entry of a tree and the heads of two arrays. */
    private static final int OTHER_OVERHEAD = 96;

    /** A row; the arrays are copies. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Row(byte[] key, byte[] value) {}

    private final Arena arena = new Arena(new Arena.Mover() {
        @Override
        public boolean isAt(int id, int place) {
            return places[id] == place;
        }

        @Override
        public void moved(int id, int place) {
            places[id] = place;
        }
    });

    /** Place of a row by its id; {@link #NONE} for an id that is free. */
    private int[] places = new int[FEWEST];

    /**
     * Neighbours in the ring of a group, whose first row comes after its last one; of free ids, the free one after it.
     */
    private int[] next = new int[FEWEST];

    private int[] previous = new int[FEWEST];
    private int ids;
    private int free = NONE;

    private final Index byKey = new Index(Integer.MAX_VALUE);

    /** Contains the first row of each group. */
    private final Index byGroup = new Index(Keys.GROUP);

    private final NavigableMap<byte[], byte[]> others = new TreeMap<>(Arrays::compareUnsigned);

    private int size;
    private long bytes;

    /** Of {@link #bytes}, those of each table, by its letter. */
    private final long[] tableBytes = new long[Byte.MAX_VALUE + 1];

    byte @Nullable [] get(byte[] key) {
        if (!Keys.isGrouped(key)) {
            return others.get(key);
        }
        int id = byKey.find(key);
        return id == NONE ? null : arena.value(places[id]);
    }

    /**
     * The id of a row of a trace, replay, event or tombstone. Another row may have it after the row is deleted.
     *
     * @throws IllegalStateException if there is no such row
     */
    int id(byte[] key) {
        int id = byKey.find(key);
        if (id == NONE) {
            throw new IllegalStateException("there is no row of this key");
        }
        return id;
    }

    /** A hash of a whole key. */
    static long fingerprint(byte[] key) {
        return fingerprint(key, 0, key.length);
    }

    private static long fingerprint(byte[] bytes, int from, int length) {
        long hash = length;
        for (int at = from + length - Long.BYTES; at > from; at -= Long.BYTES) {
            hash = mix(hash, Keys.number(bytes, at));
        }
        return mix(hash, Keys.number(bytes, from));
    }

    private static long mix(long hash, long number) {
        long mixed = (hash ^ number) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> Integer.SIZE;
    }

    /** The row of an id, if its key has this fingerprint; null if it was deleted. */
    @Nullable Row find(int id, long fingerprint) {
        int place = places[id];
        return place != NONE
                        && fingerprint(arena.bytes(place), Arena.keyAt(place), arena.keyLength(place)) == fingerprint
                ? row(id)
                : null;
    }

    void put(byte[] key, byte[] value) {
        if (!Keys.isGrouped(key)) {
            byte[] former = others.put(key, value);
            size += former == null ? 1 : 0;
            count(key[0], value.length - (former == null ? -key.length - OTHER_OVERHEAD : former.length));
            return;
        }
        int id = byKey.find(key);
        if (id == NONE) {
            add(key, value);
        } else if (!arena.replace(places[id], value)) {
            release(id, key);
            places[id] = append(id, key, value);
        }
        arena.compact();
    }

    private void count(byte table, int more) {
        bytes += more;
        tableBytes[table] += more;
    }

    private void add(byte[] key, byte[] value) {
        int id = takeId();
        places[id] = append(id, key, value);
        byKey.add(id, key);
        int first = byGroup.find(key);
        if (first == NONE) {
            next[id] = id;
            previous[id] = id;
            byGroup.add(id, key);
        } else {
            int last = previous[first];
            next[last] = id;
            previous[id] = last;
            next[id] = first;
            previous[first] = id;
        }
        size++;
        count(key[0], ROW_OVERHEAD);
    }

    private int append(int id, byte[] key, byte[] value) {
        count(key[0], Arena.size(key.length, value.length));
        return arena.append(id, key, value);
    }

    private void release(int id, byte[] key) {
        count(key[0], -arena.size(places[id]));
        arena.free(places[id]);
    }

    private int takeId() {
        if (free != NONE) {
            int id = free;
            free = next[id];
            return id;
        }
        if (ids == places.length) {
            int length = ids + ids / 2;
            places = Arrays.copyOf(places, length);
            next = Arrays.copyOf(next, length);
            previous = Arrays.copyOf(previous, length);
        }
        return ids++;
    }

    void delete(byte[] key) {
        if (!Keys.isGrouped(key)) {
            byte[] former = others.remove(key);
            if (former != null) {
                size--;
                count(key[0], -(key.length + former.length + OTHER_OVERHEAD));
            }
            return;
        }
        int id = byKey.find(key);
        if (id == NONE) {
            return;
        }
        byKey.remove(key);
        leaveGroup(id, key);
        release(id, key);
        places[id] = NONE;
        next[id] = free;
        free = id;
        size--;
        count(key[0], -ROW_OVERHEAD);
        arena.compact();
    }

    private void leaveGroup(int id, byte[] key) {
        int after = next[id];
        if (after == id) {
            byGroup.remove(key);
            return;
        }
        next[previous[id]] = after;
        previous[after] = previous[id];
        byGroup.replace(id, after, key);
    }

    /** Whether any row's key begins with the prefix, which is a table and an id. */
    boolean hasGroup(byte[] prefix) {
        return byGroup.find(prefix) != NONE;
    }

    /** Iterates over the rows of a prefix. Rows may be changed meanwhile; rows put meanwhile may or may not be included. */
    void each(byte[] prefix, Consumer<Row> action) {
        if (!Keys.isGrouped(prefix)) {
            Walk walk = walk(prefix);
            for (List<Row> some = walk.take(Walk.SOME); !some.isEmpty(); some = walk.take(Walk.SOME)) {
                some.forEach(action);
            }
            return;
        }
        for (int id : group(prefix)) {
            if (places[id] != NONE && startsWith(id, prefix)) {
                action.accept(row(id));
            }
        }
    }

    /** A walk over the rows whose keys begin with the prefix. */
    public Walk walk(byte[] prefix) {
        return new Walk(prefix);
    }

    /** Ids of the rows of a group, in the order in which they came. */
    private int[] group(byte[] prefix) {
        int first = byGroup.find(prefix);
        if (first == NONE) {
            return new int[0];
        }
        int[] found = new int[4];
        int count = 0;
        int id = first;
        do {
            if (count == found.length) {
                found = Arrays.copyOf(found, 2 * count);
            }
            found[count++] = id;
            id = next[id];
        } while (id != first);
        return Arrays.copyOf(found, count);
    }

    private Row row(int id) {
        return new Row(arena.key(places[id]), arena.value(places[id]));
    }

    private boolean startsWith(int id, byte[] prefix) {
        int place = places[id];
        int at = Arena.keyAt(place);
        return arena.keyLength(place) >= prefix.length
                && Arrays.equals(arena.bytes(place), at, at + prefix.length, prefix, 0, prefix.length);
    }

    /** Estimated heap bytes of the rows; up to a sixth more in gaps. */
    public long bytes() {
        return bytes;
    }

    /** The same by what the rows contain; none of them contains {@link StateKind#TIMERS}. */
    public Map<StateKind, Long> bytesByKind() {
        Map<StateKind, Long> bytesByKind = new EnumMap<>(StateKind.class);
        for (StateKind kind : StateKind.values()) {
            bytesByKind.put(kind, 0L);
        }
        for (int table = 0; table < tableBytes.length; table++) {
            bytesByKind.merge(kind((byte) table), tableBytes[table], Long::sum);
        }
        return bytesByKind;
    }

    private static StateKind kind(byte table) {
        return switch (table) {
            case Keys.EVENT -> StateKind.EVENTS;
            case Keys.SEEN -> StateKind.OBSERVATIONS;
            case Keys.SPAN -> StateKind.SPANS;
            default -> StateKind.OTHER;
        };
    }

    /** How many rows there are. */
    public int size() {
        return size;
    }

    /**
     * Walks over the rows of a whole table in parts. Rows may be changed in between: each row that was there at the
     * start and still exists when its turn comes is returned once.
     */
    public final class Walk {

        private static final int SOME = 500;

        private final byte[] prefix;
        private final List<Row> sorted = new ArrayList<>();
        private int at;
        private int atOther;

        private Walk(byte[] prefix) {
            this.prefix = prefix;
            others.tailMap(prefix, true).entrySet().stream()
                    .takeWhile(row -> startsWith(row.getKey(), prefix))
                    .forEach(row -> sorted.add(new Row(row.getKey(), row.getValue())));
        }

        /** The next rows, at most this many; fewer at the end only. */
        public List<Row> take(int atMost) {
            List<Row> taken = new ArrayList<>();
            while (taken.size() < atMost && at < ids) {
                int id = at++;
                if (places[id] != NONE && Rows.this.startsWith(id, prefix)) {
                    taken.add(row(id));
                }
            }
            while (taken.size() < atMost && atOther < sorted.size()) {
                Row row = sorted.get(atOther++);
                byte[] value = others.get(row.key());
                if (value != null) {
                    taken.add(new Row(row.key(), value));
                }
            }
            return taken;
        }

        private static boolean startsWith(byte[] key, byte[] prefix) {
            return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
        }
    }

    /**
     * Ids by the hash of their keys or of prefixes of them, with open addressing. A slot contains the hash as well, so
     * that hardly any other row than the one looked for is touched: each touch is a cache miss.
     */
    private final class Index {

        private static final long HASH = -1L << Integer.SIZE;

        private final int compared;
        /** Hash in the upper half, id plus one in the lower; 0 for an empty slot. */
        private long[] slots = new long[2 * FEWEST];

        private int count;

        /** @param compared number of bytes of a key that are compared */
        Index(int compared) {
            this.compared = compared;
        }

        int find(byte[] key) {
            return (int) slots[slot(key, hash(key))] - 1;
        }

        /** The slot of its id, or the free one where it would be. */
        private int slot(byte[] key, long hash) {
            int slot = home(hash);
            while (slots[slot] != 0 && !((slots[slot] & HASH) == hash && isOf((int) slots[slot] - 1, key))) {
                slot = next(slot);
            }
            return slot;
        }

        private boolean isOf(int id, byte[] key) {
            int place = places[id];
            int at = Arena.keyAt(place);
            int length = Math.min(compared, key.length);
            return Math.min(compared, arena.keyLength(place)) == length
                    && Arrays.equals(arena.bytes(place), at, at + length, key, 0, length);
        }

        private long hash(byte[] key) {
            return fingerprint(key, 0, Math.min(compared, key.length)) & HASH;
        }

        private int home(long hash) {
            return (int) (hash >>> Integer.SIZE) & slots.length - 1;
        }

        private int next(int slot) {
            return slot + 1 & slots.length - 1;
        }

        void add(int id, byte[] key) {
            long hash = hash(key);
            slots[slot(key, hash)] = hash | id + 1;
            if (++count <= slots.length / 2) {
                return;
            }
            long[] before = slots;
            slots = new long[2 * before.length];
            for (long kept : before) {
                if (kept != 0) {
                    int slot = home(kept);
                    while (slots[slot] != 0) {
                        slot = next(slot);
                    }
                    slots[slot] = kept;
                }
            }
        }

        /** Replaces this id by another one, if it is the one that is found by the key. */
        void replace(int id, int by, byte[] key) {
            long hash = hash(key);
            int slot = slot(key, hash);
            if (slots[slot] == (hash | id + 1)) {
                slots[slot] = hash | by + 1;
            }
        }

        /** Moves the entries behind it back, as far as it had displaced them. */
        void remove(byte[] key) {
            int hole = slot(key, hash(key));
            if (slots[hole] == 0) {
                return;
            }
            count--;
            for (int at = next(hole); slots[at] != 0; at = next(at)) {
                int away = at - home(slots[at]) & slots.length - 1;
                if (away >= (at - hole & slots.length - 1)) {
                    slots[hole] = slots[at];
                    hole = at;
                }
            }
            slots[hole] = 0;
        }
    }
}
