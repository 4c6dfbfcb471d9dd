package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.AvroBinary;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An event in resolve, and what it was last told.
 *
 * @param replay the replay chosen last, null for none
 * @param knownAtMs version of that choice; every new choice has a higher one
 * @param offset of the input that brought the event
 */
record ResolvedRow(Claim claim, @Nullable Id replay, double confidence, long knownAtMs, long offset) {

    private static final byte VERSION = 1;
    private static final int ID = 16;
    private static final int HEAD = 1 + ID + Double.BYTES + 2 * Long.BYTES;

    static ResolvedRow unresolved(Claim claim, long offset) {
        return new ResolvedRow(claim, null, 0, claim.getKnownAtMs(), offset);
    }

    byte[] toBytes(AvroBinary<Claim> claims) {
        ByteBuffer head = ByteBuffer.allocate(HEAD)
                .put(VERSION)
                .put(replay == null ? new byte[ID] : replay.bytes())
                .putDouble(confidence)
                .putLong(knownAtMs)
                .putLong(offset);
        return claims.write(head.array(), claim);
    }

    static ResolvedRow read(byte[] bytes, AvroBinary<Claim> claims) {
        ByteBuffer in = Versions.check(bytes, VERSION);
        byte[] id = new byte[ID];
        in.get(id);
        return new ResolvedRow(
                claims.read(bytes, HEAD), isNil(id) ? null : new Id(id), in.getDouble(), in.getLong(), in.getLong());
    }

    private static boolean isNil(byte[] id) {
        for (byte b : id) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
