package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * The extent in time, and the users, of what happened on one trace that nothing but the trace ties to a replay. An
 * event that lies outside of the replay, or names another user, shows that another visitor was on the trace too.
 * Extents are kept apart by the organization of the events: one organization must not spoil the links of another one.
 *
 * @param firstMs epoch milliseconds
 * @param lastMs epoch milliseconds
 * @param users keyed hashes of the users that were named
 */
record Extent(Id trace, long organization, long firstMs, long lastMs, NavigableSet<Long> users) {

    /**
     * The extent of one event.
     *
     * @return null when something else than its trace ties it to the replay, or nothing does any more
     */
    static @Nullable Extent of(Claim claim) {
        if (!claim.getPathless() || claim.getWithdrawn() || claim.getLookups().isEmpty()) {
            return null;
        }
        Id trace = claim.getLookups().get(0).getTraceId();
        long momentMs = Judgement.momentMs(claim);
        return new Extent(trace, claim.getEvent().getOrganizationId(), momentMs, momentMs, Visit.set(claim.getUser()));
    }

    boolean isSame(Extent other) {
        return trace.equals(other.trace) && organization == other.organization;
    }

    Extent merge(Extent other) {
        return new Extent(
                trace,
                organization,
                Math.min(firstMs, other.firstMs),
                Math.max(lastMs, other.lastMs),
                Visit.union(users, other.users));
    }

    /** In how many ways it exceeds the replay: beyond either end, or by its users; 0 to 3. */
    int endsPassed(ReplayView replay, long toleranceMs) {
        return (lastMs > replay.endedMs() + toleranceMs ? 1 : 0)
                + (firstMs < replay.startedMs() - toleranceMs ? 1 : 0)
                + (namesAnother(replay) ? 1 : 0);
    }

    /**
     * Whether it shows another visitor. What precedes a buffered recording does not: that reaches back for a minute
     * only.
     */
    boolean isBeyond(ReplayView replay, long toleranceMs) {
        return lastMs > replay.endedMs() + toleranceMs
                || (firstMs < replay.startedMs() - toleranceMs && !replay.isBuffered())
                || namesAnother(replay);
    }

    private boolean namesAnother(ReplayView replay) {
        return !replay.users().isEmpty() && !replay.users().containsAll(users);
    }
}
