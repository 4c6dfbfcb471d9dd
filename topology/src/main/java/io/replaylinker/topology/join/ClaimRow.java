package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
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

    private static final int EMITTED = 1;
    private static final int CLOSED = 2;
    private static final int DELETED = 4;
    private static final int IN_SESSION = 8;
    private static final int CONFIRMED = 16;

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

    /** The claim, then what is of the row alone. Times are relative to the event's, which takes fewer bytes. */
    byte[] toBytes(byte[] key, ClaimBytes claims) {
        FieldWriter out = claims.startRow(Keys.id(key), claim);
        long receivedMs = claim.getEvent().getReceivedMs();
        out.bits8(flags());
        out.number(expiryMs - receivedMs);
        LinkFacts facts = emitted;
        if (facts != null) {
            out.bits64(version);
            out.number(facts.project());
            out.number(facts.startedMs() - receivedMs);
            out.number(facts.linkedAtMs() - receivedMs);
            out.share(facts.confidence());
            out.number(facts.retentionDays());
        }
        return out.toBytes();
    }

    private int flags() {
        return (closed ? CLOSED : 0)
                | (deleted ? DELETED : 0)
                | (emitted == null ? 0 : EMITTED)
                | (emitted != null && emitted.inSession() ? IN_SESSION : 0)
                | (emitted != null && emitted.confirmed() ? CONFIRMED : 0);
    }

    static ClaimRow read(byte[] key, byte[] row, ClaimBytes claims) {
        FieldReader in = new FieldReader(row, 0, row.length);
        Claim claim = claims.readRow(in, key);
        long receivedMs = claim.getEvent().getReceivedMs();
        int flags = in.bits8();
        long expiryMs = receivedMs + in.number();
        boolean wasEmitted = (flags & EMITTED) != 0;
        long version = wasEmitted ? in.bits64() : 0;
        return new ClaimRow(
                claim,
                expiryMs,
                wasEmitted ? facts(in, flags, receivedMs) : null,
                (flags & DELETED) != 0,
                version,
                (flags & CLOSED) != 0);
    }

    private static LinkFacts facts(FieldReader in, int flags, long receivedMs) {
        long project = in.number();
        long startedMs = receivedMs + in.number();
        long linkedAtMs = receivedMs + in.number();
        double confidence = in.share();
        return new LinkFacts(
                project,
                startedMs,
                (int) in.number(),
                confidence,
                (flags & IN_SESSION) != 0,
                (flags & CONFIRMED) != 0,
                linkedAtMs);
    }
}
