package io.replaylinker.topology.join;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows as bytes, appended to arrays of a megabyte that the garbage collector neither copies nor walks. A deleted row
 * leaves a gap. Where there are too many gaps, the rows between them are appended again and their array is reused. Rows
 * expire nearly in the order in which they came, so most arrays become empty without that.
 *
 * <p>A place is a multiple of eight bytes: the array's number in its upper 14 bits, the offset in the array in its
 * lower 17. This addresses 16 GB.
 */
final class Arena {

    /** Is notified when rows move. */
    interface Mover {

        /** Whether the row of this id is still the one at this place. */
        boolean isAt(int id, int place);

        /** The row of this id is at another place from now on. */
        void moved(int id, int place);
    }

    private static final int CHUNK = 1 << 20;
    private static final int FIRST_CHUNK = 1 << 12;
    private static final int UNIT_BITS = 3;
    private static final int OFFSET_BITS = 17;

    /** Id, then length of the value, then length of the key: an int each but the last, which is a short. */
    private static final int HEAD = 2 * Integer.BYTES + Short.BYTES;

    /** One in so many bytes of the arrays may be a gap. */
    private static final int MOST_GAPS = 6;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NONE = {};

    private final Mover mover;
    private final List<Chunk> chunks = new ArrayList<>();
    /** Numbers of arrays that hold nothing. */
    private final List<Integer> empty = new ArrayList<>();

    private int current = -1;
    private long used;
    private long gaps;

    private static final class Chunk {
        private byte[] bytes = NONE;
        private int end;
        private int gaps;
    }

    Arena(Mover mover) {
        this.mover = mover;
    }

    /** Bytes that a row takes. */
    static int size(int keyLength, int valueLength) {
        return (HEAD + keyLength + valueLength + (1 << UNIT_BITS) - 1) & -(1 << UNIT_BITS);
    }

    int size(int place) {
        return size(keyLength(place), valueLength(place));
    }

    /**
     * Appends a row.
     *
     * @param id of the row, for the mover
     * @return its place
     */
    int append(int id, byte[] key, byte[] value) {
        int size = size(key.length, value.length);
        int place = reserve(size);
        byte[] bytes = bytes(place);
        int at = offset(place);
        INTS.set(bytes, at, id);
        INTS.set(bytes, at + Integer.BYTES, value.length);
        SHORTS.set(bytes, at + 2 * Integer.BYTES, (short) key.length);
        System.arraycopy(key, 0, bytes, at + HEAD, key.length);
        System.arraycopy(value, 0, bytes, at + HEAD + key.length, value.length);
        return place;
    }

    /** Replaces the value at the place of a row, if the new one fits there exactly enough. */
    boolean replace(int place, byte[] value) {
        byte[] bytes = bytes(place);
        int at = offset(place);
        int keyLength = keyLength(place);
        if (size(keyLength, value.length) != size(keyLength, valueLength(place))) {
            return false;
        }
        INTS.set(bytes, at + Integer.BYTES, value.length);
        System.arraycopy(value, 0, bytes, at + HEAD + keyLength, value.length);
        return true;
    }

    /** Marks the row at this place as a gap. */
    void free(int place) {
        int size = size(place);
        int number = place >>> OFFSET_BITS;
        Chunk chunk = chunks.get(number);
        chunk.gaps += size;
        gaps += size;
        if (chunk.gaps == chunk.end && number != current) {
            clear(number);
        }
    }

    /** Appends rows again until there are few enough gaps. Must not be called while a place is in use. */
    void compact() {
        while (gaps > used / MOST_GAPS && chunks.size() > 1) {
            int sparsest = -1;
            for (int i = 0; i < chunks.size(); i++) {
                if (i != current && (sparsest < 0 || chunks.get(i).gaps > chunks.get(sparsest).gaps)) {
                    sparsest = i;
                }
            }
            if (chunks.get(sparsest).gaps == 0) {
                return;
            }
            moveAll(sparsest);
        }
    }

    private void moveAll(int number) {
        Chunk chunk = chunks.get(number);
        for (int at = 0; at < chunk.end; ) {
            int place = place(number, at);
            int size = size(place);
            int id = (int) INTS.get(chunk.bytes, at);
            if (mover.isAt(id, place)) {
                int to = reserve(size);
                System.arraycopy(chunk.bytes, at, bytes(to), offset(to), size);
                mover.moved(id, to);
            }
            at += size;
        }
        clear(number);
    }

    private void clear(int number) {
        Chunk chunk = chunks.get(number);
        used -= chunk.end;
        gaps -= chunk.gaps;
        chunk.end = 0;
        chunk.gaps = 0;
        if (!empty.isEmpty() || chunk.bytes.length != CHUNK) {
            chunk.bytes = NONE;
        }
        empty.add(number);
    }

    private int reserve(int size) {
        if (size > CHUNK) {
            return place(take(size, size), 0);
        }
        if (current < 0 || chunks.get(current).end + size > CHUNK) {
            current = take(0, CHUNK);
        }
        Chunk chunk = chunks.get(current);
        int at = chunk.end;
        chunk.end += size;
        used += size;
        if (chunk.end > chunk.bytes.length) {
            chunk.bytes = Arrays.copyOf(
                    chunk.bytes, Math.min(CHUNK, Math.max(chunks.size() > 1 ? CHUNK : FIRST_CHUNK, 2 * chunk.end)));
        }
        return place(current, at);
    }

    /** Takes an empty array, of which this much is in use at once. */
    private int take(int end, int length) {
        int number = empty.isEmpty() ? chunks.size() : empty.remove(empty.size() - 1);
        if (number == chunks.size()) {
            if (number == 1 << (Integer.SIZE - 1 - OFFSET_BITS)) {
                throw new IllegalStateException("the state of one partition has more than 16 GB");
            }
            chunks.add(new Chunk());
        }
        Chunk chunk = chunks.get(number);
        chunk.end = end;
        used += end;
        if (length > CHUNK) {
            chunk.bytes = new byte[length];
        }
        return number;
    }

    private static int place(int number, int offset) {
        return number << OFFSET_BITS | offset >>> UNIT_BITS;
    }

    /** The array that a place is in. */
    byte[] bytes(int place) {
        return chunks.get(place >>> OFFSET_BITS).bytes;
    }

    private static int offset(int place) {
        return (place & (1 << OFFSET_BITS) - 1) << UNIT_BITS;
    }

    /** Where the key begins in its array. */
    static int keyAt(int place) {
        return offset(place) + HEAD;
    }

    int keyLength(int place) {
        return (short) SHORTS.get(bytes(place), offset(place) + 2 * Integer.BYTES) & 0xffff;
    }

    private int valueLength(int place) {
        return (int) INTS.get(bytes(place), offset(place) + Integer.BYTES);
    }

    byte[] key(int place) {
        int at = keyAt(place);
        return Arrays.copyOfRange(bytes(place), at, at + keyLength(place));
    }

    byte[] value(int place) {
        int at = keyAt(place) + keyLength(place);
        return Arrays.copyOfRange(bytes(place), at, at + valueLength(place));
    }
}
