package io.replaylinker.topology.join;

import io.replaylinker.schemas.Sighting;
import java.nio.ByteBuffer;

/**
 * What one observer told of one replay on one trace. Merging is a minimum and a maximum, so that the order of the witnesses and
 * their repetition change nothing.
 *
 * @param offset of the input that last changed the row: an input that comes again with it was cut off by a crash
 */
record WitnessRow(long startedMs, long lastSeenMs, long offset) {

    private static final byte VERSION = 1;

    static WitnessRow of(Sighting witness, long offset) {
        return new WitnessRow(witness.getStartedMs(), witness.getSeenMs(), offset);
    }

    WitnessRow merge(WitnessRow other) {
        return new WitnessRow(
                Math.min(startedMs, other.startedMs), Math.max(lastSeenMs, other.lastSeenMs), other.offset);
    }

    /** Whether both say the same, whatever input they come from. */
    boolean sameAs(WitnessRow other) {
        return startedMs == other.startedMs && lastSeenMs == other.lastSeenMs;
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(1 + 3 * Long.BYTES)
                .put(VERSION)
                .putLong(startedMs)
                .putLong(lastSeenMs)
                .putLong(offset)
                .array();
    }

    static WitnessRow read(byte[] bytes) {
        ByteBuffer in = Versions.check(bytes, VERSION);
        return new WitnessRow(in.getLong(), in.getLong(), in.getLong());
    }
}
