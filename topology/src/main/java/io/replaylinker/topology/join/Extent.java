package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import org.jspecify.annotations.Nullable;

/**
 * When things happened on one trace that nothing but the trace ties to a replay, epoch milliseconds. One that lies outside the
 * replay shows that somebody else was on the trace too. Apart by the organization of the events: what one sends must not spoil what
 * another one has.
 */
record Extent(Id trace, long organization, long firstMs, long lastMs) {

    /**
     * Of one event.
     *
     * @return null when something else than its trace ties it to the replay, or nothing does any more
     */
    static @Nullable Extent of(Claim claim) {
        EventSummary event = claim.getEvent();
        return !claim.getPathless()
                        || claim.getWithdrawn()
                        || claim.getLookups().isEmpty()
                ? null
                : new Extent(
                        claim.getLookups().get(0).getTraceId(),
                        event.getOrganizationId(),
                        event.getTimestampMs(),
                        event.getTimestampMs());
    }

    boolean isSame(Extent other) {
        return trace.equals(other.trace) && organization == other.organization;
    }

    Extent merge(Extent other) {
        return new Extent(trace, organization, Math.min(firstMs, other.firstMs), Math.max(lastMs, other.lastMs));
    }

    /** How many ends of the replay it reaches beyond: 0 to 2. */
    int endsPassed(ReplayView replay, long toleranceMs) {
        return (lastMs > replay.endedMs() + toleranceMs ? 1 : 0) + (firstMs < replay.startedMs() - toleranceMs ? 1 : 0);
    }

    /** Whether it reaches beyond the replay. What precedes a buffered recording does not: that reaches back for a minute only. */
    boolean isBeyond(ReplayView replay, long toleranceMs) {
        return lastMs > replay.endedMs() + toleranceMs
                || (firstMs < replay.startedMs() - toleranceMs && !replay.isBuffered());
    }
}
