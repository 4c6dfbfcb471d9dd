package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.serdes.AvroBinary;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An event in confirm, and the last word on it.
 *
 * @param told what the link said that was told last, null when none ever was
 * @param deleted that link was taken back
 * @param version of the last word
 * @param closed the wait is over and "unlinked" was told; a replay that turns up later still makes it a link
 * @param offset of the input that brought the claim
 */
record ClaimRow(Claim claim, @Nullable LinkFacts told, boolean deleted, long version, boolean closed, long offset) {

    /** What a link says of the replay: when one of these changes, the link is told anew. */
    record LinkFacts(
            long project,
            long startedMs,
            int retentionDays,
            double confidence,
            boolean inSession,
            boolean confirmed,
            long linkedAtMs) {}

    private static final byte VERSION = 1;
    private static final int HEAD = 1 + 3 + 5 * Long.BYTES + Double.BYTES + Integer.BYTES;
    private static final LinkFacts NONE = new LinkFacts(0, 0, 0, 0, false, false, 0);

    /** The link that stands, null for none. */
    @Nullable LinkFacts link() {
        return deleted ? null : told;
    }

    byte[] toBytes(AvroBinary<Claim> claims) {
        LinkFacts facts = told == null ? NONE : told;
        ByteBuffer head = ByteBuffer.allocate(HEAD)
                .put(VERSION)
                .put((byte) ((told == null ? 0 : 1) | (closed ? 2 : 0) | (deleted ? 4 : 0)))
                .put((byte) (facts.inSession() ? 1 : 0))
                .put((byte) (facts.confirmed() ? 1 : 0))
                .putLong(version)
                .putLong(offset)
                .putLong(facts.project())
                .putLong(facts.startedMs())
                .putLong(facts.linkedAtMs())
                .putDouble(facts.confidence())
                .putInt(facts.retentionDays());
        return claims.write(head.array(), claim);
    }

    static ClaimRow read(byte[] bytes, AvroBinary<Claim> claims) {
        ByteBuffer in = Versions.check(bytes, VERSION);
        int flags = in.get();
        boolean inSession = in.get() == 1;
        boolean confirmed = in.get() == 1;
        long version = in.getLong();
        long offset = in.getLong();
        long project = in.getLong();
        long startedMs = in.getLong();
        long linkedAtMs = in.getLong();
        double confidence = in.getDouble();
        LinkFacts facts = new LinkFacts(project, startedMs, in.getInt(), confidence, inSession, confirmed, linkedAtMs);
        return new ClaimRow(
                claims.read(bytes, HEAD),
                (flags & 1) == 0 ? null : facts,
                (flags & 4) != 0,
                version,
                (flags & 2) != 0,
                offset);
    }
}
