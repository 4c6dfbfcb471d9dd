package io.replaylinker.topology.join;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Keys of the join's rows: one letter for the table, then ids and numbers of fixed width, so that rows that are read
 * together are adjacent. An event is keyed by its project and its id, because another project may forge the id.
 */
final class Keys {

    /** Resolve: trace -> its visits. Confirm: replay -> its views. Choose: event -> the replays that name it. */
    static final byte SEEN = 's';
    /** Trace, replay, or the event itself; then kind, project, event -> an event that waits or may still be revised. */
    static final byte EVENT = 'e';
    /** Resolve: trace, observer, span -> a span of the trace that is no waiting event. */
    static final byte SPAN = 'n';
    /** Project, event -> the event was deleted. */
    static final byte TOMBSTONE = 't';
    /** Project of unknown organization, then the key of the row to judge again when it becomes known -> nothing. */
    static final byte UNAFFILIATED = 'u';

    static final byte[] NOTHING = {};

    /** Bound of the rows or keys used last that are held on the heap, some hundred bytes each. */
    static final int MOST_IN_MEMORY = 8_192;

    private static final int ID = 16;
    /** Project and event: the end of an event's key in either step, and all of a tombstone's key but its letter. */
    private static final int EVENT_NAME = Long.BYTES + ID;

    private static final VarHandle NUMBERS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Keys() {}

    /** Length of table and id: the rows whose keys begin with the same ones are adjacent. */
    static final int GROUP = 1 + ID;

    static byte[] table(byte table) {
        return new byte[] {table};
    }

    static byte[] of(byte table, Id id) {
        return ByteBuffer.allocate(1 + ID).put(table).put(id.bytes()).array();
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

    /** Eight bytes of a key, from this place on, as a number. */
    static long number(byte[] key, int from) {
        return (long) NUMBERS.get(key, from);
    }

    /** Whether the key, or all keys that begin with it, are of one trace, replay or event, or of a tombstone. */
    static boolean isGrouped(byte[] key) {
        return key.length >= GROUP && key[0] != UNAFFILIATED;
    }

    /** The row key of a key made by {@link #of(byte, long, byte[])}. */
    static byte[] rowKey(byte[] key) {
        return Arrays.copyOfRange(key, 1 + Long.BYTES, key.length);
    }

    /**
     * Key of an event below its trace, replay or event. The kind is part of the key because an issue-platform event may
     * have the id of the transaction that it was found in.
     */
    static byte[] event(Id group, EventSummary event) {
        return ByteBuffer.allocate(GROUP + 1 + EVENT_NAME)
                .put(EVENT)
                .put(group.bytes())
                .put((byte) (event.getOccurrence() ? 1 : 0))
                .putLong(event.getProjectId())
                .put(event.getEventId().bytes())
                .array();
    }

    /** Key of a span below its trace. */
    static byte[] span(Id trace, SpanNode span) {
        return ByteBuffer.allocate(GROUP + 2 * Long.BYTES)
                .put(SPAN)
                .put(trace.bytes())
                .putLong(span.observer())
                .putLong(span.span())
                .array();
    }

    /** The observer of a key of table {@link #SPAN}. */
    static long observer(byte[] spanKey) {
        return number(spanKey, GROUP);
    }

    /** The span of a key of table {@link #SPAN}. */
    static long span(byte[] spanKey) {
        return number(spanKey, GROUP + Long.BYTES);
    }

    static byte[] tombstone(long project, Id event) {
        return ByteBuffer.allocate(1 + EVENT_NAME)
                .put(TOMBSTONE)
                .putLong(project)
                .put(event.bytes())
                .array();
    }

    /** Key of the tombstone of an event. */
    static byte[] tombstone(byte[] eventKey) {
        byte[] key = Arrays.copyOfRange(eventKey, eventKey.length - EVENT_NAME - 1, eventKey.length);
        key[0] = TOMBSTONE;
        return key;
    }

    /** The trace or replay of a key of table {@link #SEEN} or {@link #EVENT}. */
    static Id id(byte[] key) {
        return new Id(Arrays.copyOfRange(key, 1, 1 + ID));
    }

    /** The event of a key of table {@link #EVENT}. */
    static Id event(byte[] key) {
        return new Id(Arrays.copyOfRange(key, key.length - ID, key.length));
    }
}
