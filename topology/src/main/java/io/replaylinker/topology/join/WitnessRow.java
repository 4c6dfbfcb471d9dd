package io.replaylinker.topology.join;

import io.replaylinker.schemas.Sighting;
import java.nio.ByteBuffer;

/**
 * What resolve keeps of one replay on one trace. Merging is a minimum or a maximum field by field, so that the order of the
 * witnesses and their repetition change nothing.
 *
 * @param offset of the input that last changed the row: an input that comes again with it was cut off by a crash
 */
record WitnessRow(long organization, long project, long startedMs, long lastSeenMs, long offset) {

    private static final byte VERSION = 1;

    static WitnessRow of(Sighting witness, long offset) {
        return new WitnessRow(
                witness.getOrganizationId(),
                witness.getProjectId(),
                witness.getStartedMs(),
                witness.getSeenMs(),
                offset);
    }

    WitnessRow merge(WitnessRow other) {
        return new WitnessRow(
                known(organization, other.organization),
                known(project, other.project),
                Math.min(startedMs, other.startedMs),
                Math.max(lastSeenMs, other.lastSeenMs),
                other.offset);
    }

    /** Whether both say the same, whatever input they come from. */
    boolean sameAs(WitnessRow other) {
        return organization == other.organization
                && project == other.project
                && startedMs == other.startedMs
                && lastSeenMs == other.lastSeenMs;
    }

    /** The smaller of two, 0 being unknown. */
    private static long known(long a, long b) {
        return a == 0 ? b : b == 0 ? a : Math.min(a, b);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(1 + 5 * Long.BYTES)
                .put(VERSION)
                .putLong(organization)
                .putLong(project)
                .putLong(startedMs)
                .putLong(lastSeenMs)
                .putLong(offset)
                .array();
    }

    static WitnessRow read(byte[] bytes) {
        ByteBuffer in = Versions.check(bytes, VERSION);
        return new WitnessRow(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }
}
