package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.AvroBinary;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event in resolve, and what it was told so far.
 *
 * @param dueMs end of its wait; of its memory when that is over
 * @param replay the replay chosen last, null for none
 * @param revision how often the choice has changed
 * @param offset of the input that changed the row last
 * @param closed the wait is over and "unlinked" was told; a witness that turns up later still makes it a link
 * @param former replays chosen before, and withdrawn: after a crash that has to be told again
 */
record ResolvedRow(
        Claim claim,
        long dueMs,
        @Nullable Id replay,
        double confidence,
        int revision,
        long offset,
        boolean closed,
        List<Id> former) {

    private static final byte VERSION = 1;
    private static final int ID = 16;
    private static final byte[] NIL = new byte[ID];
    private static final int HEAD = RowHead.BYTES + 2 + ID + Double.BYTES + Integer.BYTES + Long.BYTES;

    static ResolvedRow unresolved(Claim claim, long dueMs, long offset) {
        return new ResolvedRow(claim, dueMs, null, 0, 0, offset, false, List.of());
    }

    ResolvedRow closedUntil(long memoryEndsMs) {
        return new ResolvedRow(claim, memoryEndsMs, replay, confidence, revision, offset, true, former);
    }

    ResolvedRow choose(@Nullable Id chosen, double chosenConfidence, int chosenRevision, long chosenOffset) {
        List<Id> before = new ArrayList<>(former);
        if (replay != null && !replay.equals(chosen)) {
            before.add(replay);
        }
        before.remove(chosen);
        return new ResolvedRow(claim, dueMs, chosen, chosenConfidence, chosenRevision, chosenOffset, closed, before);
    }

    /** Whether it waits for a witness. */
    boolean isWaiting() {
        return replay == null && !closed;
    }

    /** The same of a row in the store, without its claim: a start asks it of all rows. */
    static boolean isWaiting(byte[] row) {
        ByteBuffer in = RowHead.read(row, VERSION).position(RowHead.BYTES);
        boolean closed = in.get() == 1;
        in.get();
        return !closed && Arrays.equals(id(in).bytes(), NIL);
    }

    byte[] toBytes(AvroBinary<Claim> claims) {
        ByteBuffer head = RowHead.write(ByteBuffer.allocate(HEAD + former.size() * ID), VERSION, dueMs)
                .put((byte) (closed ? 1 : 0))
                .put((byte) former.size())
                .put(replay == null ? NIL : replay.bytes())
                .putDouble(confidence)
                .putInt(revision)
                .putLong(offset);
        former.forEach(id -> head.put(id.bytes()));
        return claims.write(head.array(), claim);
    }

    static ResolvedRow read(byte[] row, AvroBinary<Claim> claims) {
        ByteBuffer in = RowHead.read(row, VERSION);
        long dueMs = in.getLong();
        boolean closed = in.get() == 1;
        int formerCount = in.get();
        Id replay = id(in);
        double confidence = in.getDouble();
        int revision = in.getInt();
        long offset = in.getLong();
        List<Id> former = new ArrayList<>(formerCount);
        for (int i = 0; i < formerCount; i++) {
            former.add(id(in));
        }
        Claim claim = claims.read(row, in.position());
        return new ResolvedRow(
                claim,
                dueMs,
                Arrays.equals(replay.bytes(), NIL) ? null : replay,
                confidence,
                revision,
                offset,
                closed,
                former);
    }

    private static Id id(ByteBuffer in) {
        byte[] id = new byte[ID];
        in.get(id);
        return new Id(id);
    }
}
