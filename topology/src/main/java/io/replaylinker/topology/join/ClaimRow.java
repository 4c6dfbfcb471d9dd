package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An event in confirm, and what was emitted of it last.
 *
 * @param dueMs end of its wait; of its memory when that is over
 * @param told the link that was emitted last, null when none ever was
 * @param deleted that link was taken back
 * @param version of that link
 * @param closed "unlinked" was emitted at the end of its wait; a replay that turns up later still makes it a link
 */
record ClaimRow(Claim claim, long dueMs, @Nullable LinkFacts told, boolean deleted, long version, boolean closed) {

    /** What a link says of the replay: when one of these changes, the link is emitted anew. */
    record LinkFacts(
            long project,
            long startedMs,
            int retentionDays,
            double confidence,
            boolean inSession,
            boolean confirmed,
            long linkedAtMs) {}

    private static final int HEAD = 1 + 5 * Long.BYTES + Double.BYTES + Integer.BYTES;
    private static final int TOLD = 1;
    private static final int CLOSED = 2;
    private static final int DELETED = 4;
    private static final int IN_SESSION = 8;
    private static final int CONFIRMED = 16;
    private static final LinkFacts NONE = new LinkFacts(0, 0, 0, 0, false, false, 0);

    static ClaimRow of(Claim claim, long dueMs) {
        return new ClaimRow(claim, dueMs, null, false, 0, false);
    }

    /** With a later revision of the claim. */
    ClaimRow revised(Claim later, long laterDueMs) {
        return new ClaimRow(later, laterDueMs, told, deleted, version, closed);
    }

    ClaimRow telling(LinkFacts facts, boolean nowDeleted, long newVersion) {
        return new ClaimRow(claim, dueMs, facts, nowDeleted, newVersion, closed);
    }

    ClaimRow closedUntil(long memoryEndsMs) {
        return new ClaimRow(claim, memoryEndsMs, told, deleted, version, true);
    }

    /** The link that stands, null for none. */
    @Nullable LinkFacts link() {
        return deleted ? null : told;
    }

    /** Whether it waits for a replay that makes it a link. */
    boolean isWaiting() {
        return link() == null && !closed && !claim.getWithdrawn();
    }

    byte[] toBytes(ClaimBytes claims) {
        LinkFacts facts = told == null ? NONE : told;
        ByteBuffer head = ByteBuffer.allocate(HEAD)
                .putLong(dueMs)
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
        return (byte) ((told == null ? 0 : TOLD)
                | (closed ? CLOSED : 0)
                | (deleted ? DELETED : 0)
                | (facts.inSession() ? IN_SESSION : 0)
                | (facts.confirmed() ? CONFIRMED : 0));
    }

    static ClaimRow read(byte[] row, ClaimBytes claims) {
        ByteBuffer in = ByteBuffer.wrap(row);
        long dueMs = in.getLong();
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
                dueMs,
                (flags & TOLD) == 0 ? null : facts,
                (flags & DELETED) != 0,
                version,
                (flags & CLOSED) != 0);
    }
}
