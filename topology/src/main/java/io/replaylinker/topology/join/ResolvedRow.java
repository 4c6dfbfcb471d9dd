package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event that waits for its replay, and the last decision on it.
 *
 * @param expiryMs end of its wait; of its memory when that is over
 * @param decision the last one
 * @param revision how often it has changed
 * @param closed the wait is over and "unlinked" was emitted; evidence that turns up later still makes it a link
 * @param ofVisit the path of the event has ended at a span of a browser that names no replay
 * @param pathUntilMs until when all spans of the last path found are kept, epoch milliseconds of the watermark
 * @param former replays that were retracted; choose retracts them again with each change, with a version above that of
 *     an earlier run
 */
record ResolvedRow(
        Claim claim,
        long expiryMs,
        Decision decision,
        int revision,
        boolean closed,
        boolean ofVisit,
        long pathUntilMs,
        List<Id> former) {

    private static final int CLOSED = 1;
    private static final int BUFFERING = 2;
    private static final int PATHLESS = 4;
    private static final int OF_VISIT = 8;
    private static final int PAGE_SEEN = 16;
    private static final int REPLAY = 32;
    private static final int ANCHOR = 64;
    private static final int PATH = 128;

    /** With more of them the trace is shared or abused. */
    private static final int MAX_FORMER = 100;

    private static final List<Method> METHODS = List.of(Method.values());
    private static final List<UnlinkedReason> REASONS = List.of(UnlinkedReason.values());

    static ResolvedRow unresolved(Claim claim, Decision decision, long expiryMs) {
        return new ResolvedRow(claim, expiryMs, decision, 0, false, false, Long.MAX_VALUE, List.of());
    }

    ResolvedRow closedUntil(long memoryEndsMs) {
        return new ResolvedRow(claim, memoryEndsMs, decision, revision, true, ofVisit, pathUntilMs, former);
    }

    ResolvedRow with(Claim changed) {
        return new ResolvedRow(changed, expiryMs, decision, revision, closed, ofVisit, pathUntilMs, former);
    }

    ResolvedRow withPath(boolean endsAtVisit, long untilMs) {
        return new ResolvedRow(claim, expiryMs, decision, revision, closed, endsAtVisit, untilMs, former);
    }

    ResolvedRow decide(Choices.Choice choice, int nextRevision) {
        Set<Id> withdrawn = new LinkedHashSet<>();
        if (replay() != null) {
            withdrawn.add(replay());
        }
        withdrawn.addAll(former);
        withdrawn.addAll(choice.others());
        Decision next = choice.decision();
        List<Id> bounded = withdrawn.stream()
                .filter(id -> !id.equals(next.replay()))
                .limit(MAX_FORMER)
                .toList();
        return new ResolvedRow(claim, expiryMs, next, nextRevision, closed, ofVisit, pathUntilMs, bounded);
    }

    @Nullable Id replay() {
        return decision.replay();
    }

    /** Whether it waits for its replay. */
    boolean isWaiting() {
        return replay() == null && !closed;
    }

    /** The claim, then what is of the row alone. Times are relative to the event's, which takes fewer bytes. */
    byte[] toBytes(byte[] key, ClaimBytes claims) {
        FieldWriter out = claims.startRow(Keys.id(key), claim);
        long receivedMs = claim.getEvent().getReceivedMs();
        out.bits8(flags());
        out.number(expiryMs - receivedMs);
        out.bits8(METHODS.indexOf(decision.method()));
        out.bits8(REASONS.indexOf(decision.reason()));
        out.anyId(replay());
        out.share(decision.confidence());
        out.number(revision);
        if (decision.anchorMs() != 0) {
            out.number(decision.anchorMs() - receivedMs);
        }
        if (pathUntilMs != Long.MAX_VALUE) {
            out.number(pathUntilMs - receivedMs);
        }
        out.number(former.size());
        former.forEach(out::id);
        return out.toBytes();
    }

    private int flags() {
        return (closed ? CLOSED : 0)
                | (decision.buffering() ? BUFFERING : 0)
                | (decision.pathless() ? PATHLESS : 0)
                | (ofVisit ? OF_VISIT : 0)
                | (decision.pageSeen() ? PAGE_SEEN : 0)
                | (replay() == null ? 0 : REPLAY)
                | (decision.anchorMs() == 0 ? 0 : ANCHOR)
                | (pathUntilMs == Long.MAX_VALUE ? 0 : PATH);
    }

    static ResolvedRow read(byte[] key, byte[] row, ClaimBytes claims) {
        FieldReader in = new FieldReader(row, 0, row.length);
        Claim claim = claims.readRow(in, key);
        long receivedMs = claim.getEvent().getReceivedMs();
        int flags = in.bits8();
        long expiryMs = receivedMs + in.number();
        Method method = in.symbol(METHODS);
        UnlinkedReason reason = in.symbol(REASONS);
        Id replay = (flags & REPLAY) == 0 ? null : in.id();
        double confidence = in.share();
        int revision = (int) in.number();
        long anchorMs = (flags & ANCHOR) == 0 ? 0 : receivedMs + in.number();
        long pathUntilMs = (flags & PATH) == 0 ? Long.MAX_VALUE : receivedMs + in.number();
        Decision decision = new Decision(
                replay,
                method,
                confidence,
                (flags & BUFFERING) != 0,
                (flags & PATHLESS) != 0,
                anchorMs,
                (flags & PAGE_SEEN) != 0,
                reason);
        return new ResolvedRow(
                claim,
                expiryMs,
                decision,
                revision,
                (flags & CLOSED) != 0,
                (flags & OF_VISIT) != 0,
                pathUntilMs,
                List.copyOf(in.list(FieldReader::id)));
    }
}
