package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.AvroBinary;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event in resolve, and what it was told so far.
 *
 * @param replay the replay chosen last, null for none
 * @param revision how often the choice has changed
 * @param offset of the input that changed the row last
 * @param former replays chosen before, and withdrawn: after a crash that has to be told again
 */
record ResolvedRow(Claim claim, @Nullable Id replay, double confidence, int revision, long offset, List<Id> former) {

    private static final byte VERSION = 1;
    private static final int ID = 16;
    private static final int HEAD = 2 + ID + Double.BYTES + Integer.BYTES + Long.BYTES;

    static ResolvedRow unresolved(Claim claim, long offset) {
        return new ResolvedRow(claim, null, 0, 0, offset, List.of());
    }

    ResolvedRow choose(@Nullable Id chosen, double chosenConfidence, int chosenRevision, long chosenOffset) {
        List<Id> before = new ArrayList<>(former);
        if (replay != null && !replay.equals(chosen)) {
            before.add(replay);
        }
        before.remove(chosen);
        return new ResolvedRow(claim, chosen, chosenConfidence, chosenRevision, chosenOffset, before);
    }

    byte[] toBytes(AvroBinary<Claim> claims) {
        ByteBuffer head = ByteBuffer.allocate(HEAD + former.size() * ID)
                .put(VERSION)
                .put((byte) former.size())
                .put(replay == null ? new byte[ID] : replay.bytes())
                .putDouble(confidence)
                .putInt(revision)
                .putLong(offset);
        former.forEach(id -> head.put(id.bytes()));
        return claims.write(head.array(), claim);
    }

    static ResolvedRow read(byte[] bytes, AvroBinary<Claim> claims) {
        ByteBuffer in = Versions.check(bytes, VERSION);
        int formerCount = in.get();
        Id replay = id(in);
        double confidence = in.getDouble();
        int revision = in.getInt();
        long offset = in.getLong();
        List<Id> former = new ArrayList<>(formerCount);
        for (int i = 0; i < formerCount; i++) {
            former.add(id(in));
        }
        return new ResolvedRow(
                claims.read(bytes, in.position()), isNil(replay) ? null : replay, confidence, revision, offset, former);
    }

    private static Id id(ByteBuffer in) {
        byte[] id = new byte[ID];
        in.get(id);
        return new Id(id);
    }

    private static boolean isNil(Id id) {
        for (byte b : id.bytes()) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
