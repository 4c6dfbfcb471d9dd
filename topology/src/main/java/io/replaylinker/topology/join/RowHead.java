package io.replaylinker.topology.join;

import java.nio.ByteBuffer;

/**
 * How the value of every row with a deadline begins: one byte for the version of its form, so that an upgrade reads the rows of the
 * release before it, then eight for its deadline, so that the list of deadlines can be made anew from the rows.
 */
final class RowHead {

    static final int BYTES = 1 + Long.BYTES;

    private RowHead() {}

    static ByteBuffer write(ByteBuffer out, byte version, long dueMs) {
        return out.put(version).putLong(dueMs);
    }

    /** The row behind its version byte. */
    static ByteBuffer read(byte[] row, byte version) {
        ByteBuffer in = ByteBuffer.wrap(row);
        byte found = in.get();
        if (found != version) {
            throw new IllegalStateException("State row of version " + found + ", this release reads " + version
                    + ": the state was written by another release, which this one cannot follow");
        }
        return in;
    }

    /** Deadline of a row, epoch milliseconds. */
    static long dueMs(byte[] row) {
        return ByteBuffer.wrap(row).getLong(1);
    }
}
