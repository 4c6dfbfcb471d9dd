package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An event in confirm, and its last output.
 *
 * @param expiryMs end of its wait; of its memory when that is over
 * @param emitted the link that was emitted last, null when none ever was
 * @param deleted that link was retracted
 * @param version of that link
 * @param closed "unlinked" was emitted at the end of its wait; a replay that turns up later still makes it a link
 */
record ClaimRow(
        Claim claim, long expiryMs, @Nullable LinkFacts emitted, boolean deleted, long version, boolean closed) {

    /** The facts of the replay in a link. When one of them changes, the link is re-emitted. */
    record LinkFacts(
            long project,
            long startedMs,
            int retentionDays,
            double confidence,
            boolean inSession,
            boolean confirmed,
            long linkedAtMs) {}

    private static final int HEAD = 1 + 5 * Long.BYTES + Double.BYTES + Integer.BYTES;
    private static final int EMITTED = 1;
    private static final int CLOSED = 2;
    private static final int DELETED = 4;
    private static final int IN_SESSION = 8;
    private static final int CONFIRMED = 16;
    private static final LinkFacts NONE = new LinkFacts(0, 0, 0, 0, false, false, 0);

    static ClaimRow of(Claim claim, long expiryMs) {
        return new ClaimRow(claim, expiryMs, null, false, 0, false);
    }

    /** The row with a later revision of the claim. */
    ClaimRow revised(Claim later, long laterExpiryMs) {
        return new ClaimRow(later, laterExpiryMs, emitted, deleted, version, closed);
    }

    ClaimRow withEmitted(LinkFacts facts, boolean nowDeleted, long newVersion) {
        return new ClaimRow(claim, expiryMs, facts, nowDeleted, newVersion, closed);
    }

    ClaimRow closedUntil(long memoryEndsMs) {
        return new ClaimRow(claim, memoryEndsMs, emitted, deleted, version, true);
    }

    /** The current link, null for none. */
    @Nullable LinkFacts link() {
        return deleted ? null : emitted;
    }

    /** Whether it waits for a replay that makes it a link. */
    boolean isWaiting() {
        return link() == null && !closed && !claim.getWithdrawn();
    }

    byte[] toBytes(ClaimBytes claims) {
        LinkFacts facts = emitted == null ? NONE : emitted;
        ByteBuffer head = ByteBuffer.allocate(HEAD)
                .putLong(expiryMs)
                .put(flags(facts))
                .putLong(version)
                .putLong(facts.project())
                .putLong(facts.startedMs())
                .putLong(facts.linkedAtMs())
                .putDouble(facts.confidence())
                .putInt(facts.retentionDays());
        return claims.write(head.array(), claim);
    }

    private byte flags(LinkFacts facts) {
        return (byte) ((emitted == null ? 0 : EMITTED)
                | (closed ? CLOSED : 0)
                | (deleted ? DELETED : 0)
                | (facts.inSession() ? IN_SESSION : 0)
                | (facts.confirmed() ? CONFIRMED : 0));
    }

    static ClaimRow read(byte[] row, ClaimBytes claims) {
        ByteBuffer in = ByteBuffer.wrap(row);
        long expiryMs = in.getLong();
        int flags = in.get();
        long version = in.getLong();
        long project = in.getLong();
        long startedMs = in.getLong();
        long linkedAtMs = in.getLong();
        double confidence = in.getDouble();
        LinkFacts facts = new LinkFacts(
                project,
                startedMs,
                in.getInt(),
                confidence,
                (flags & IN_SESSION) != 0,
                (flags & CONFIRMED) != 0,
                linkedAtMs);
        return new ClaimRow(
                claims.read(row, HEAD),
                expiryMs,
                (flags & EMITTED) == 0 ? null : facts,
                (flags & DELETED) != 0,
                version,
                (flags & CLOSED) != 0);
    }
}
