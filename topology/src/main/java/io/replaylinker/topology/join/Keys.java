package io.replaylinker.topology.join;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import java.nio.ByteBuffer;

/**
 * Keys of the join's rows: one letter for the table, then ids and numbers of fixed width, so that rows that are read together lie
 * together. An event is keyed by its project and its id, because a foreign project may forge the id.
 */
final class Keys {

    /** Resolve: trace, observer, replay -> a witness. Confirm: replay -> what is known of it. */
    static final byte REPLAY = 'r';
    /** Trace (confirm: replay), project, event -> an event that waits or may still be revised. */
    static final byte EVENT = 'e';
    /** Time, then the key of the row that is due -> nothing. */
    static final byte DEADLINE = 'd';
    /** Project -> its organization. */
    static final byte PROJECT = 'p';
    /** Project of unknown organization, then the key of the row to judge again when it becomes known -> nothing. */
    static final byte UNAFFILIATED = 'u';
    /** Trace, observer -> when it last had one; it has more replays than are kept. */
    static final byte SHARED = 's';

    static final byte[] NOTHING = {};

    private static final int ID = 16;

    private Keys() {}

    static byte[] table(byte table) {
        return new byte[] {table};
    }

    static byte[] of(byte table, Id id) {
        return ByteBuffer.allocate(1 + ID).put(table).put(id.bytes()).array();
    }

    static byte[] of(byte table, Id id, long number) {
        return ByteBuffer.allocate(1 + ID + Long.BYTES)
                .put(table)
                .put(id.bytes())
                .putLong(number)
                .array();
    }

    static byte[] witness(Id trace, long observer, Id replay) {
        return ByteBuffer.allocate(1 + 2 * ID + Long.BYTES)
                .put(REPLAY)
                .put(trace.bytes())
                .putLong(observer)
                .put(replay.bytes())
                .array();
    }

    static byte[] event(Id keyedBy, EventSummary event) {
        return ByteBuffer.allocate(1 + 2 * ID + Long.BYTES)
                .put(EVENT)
                .put(keyedBy.bytes())
                .putLong(event.getProjectId())
                .put(event.getEventId().bytes())
                .array();
    }

    static byte[] of(byte table, long number) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(table).putLong(number).array();
    }

    static byte[] of(byte table, long number, byte[] rowKey) {
        return ByteBuffer.allocate(1 + Long.BYTES + rowKey.length)
                .put(table)
                .putLong(number)
                .put(rowKey)
                .array();
    }

    /** The number of a key made by {@link #of(byte, long)} or {@link #of(byte, long, byte[])}. */
    static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong(1);
    }

    /** The row key of a key made by {@link #of(byte, long, byte[])}. */
    static byte[] rowKey(byte[] key) {
        byte[] rowKey = new byte[key.length - 1 - Long.BYTES];
        System.arraycopy(key, 1 + Long.BYTES, rowKey, 0, rowKey.length);
        return rowKey;
    }

    /** The first id of a key of table {@link #REPLAY} or {@link #EVENT}. */
    static Id firstId(byte[] key) {
        return id(key, 1);
    }

    /** The observer of a key of a witness or of table {@link #SHARED}. */
    static long observer(byte[] key) {
        return ByteBuffer.wrap(key).getLong(1 + ID);
    }

    /** The replay of a witness's key. */
    static Id replay(byte[] witnessKey) {
        return id(witnessKey, 1 + ID + Long.BYTES);
    }

    private static Id id(byte[] key, int at) {
        byte[] bytes = new byte[ID];
        System.arraycopy(key, at, bytes, 0, ID);
        return new Id(bytes);
    }
}
