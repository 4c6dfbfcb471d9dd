package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import java.util.NavigableSet;

/**
 * What happened on one trace that nothing but the trace ties to a replay: when, and for whom. What lies outside of the replay, or
 * names another user, shows that somebody else was on the trace too.
 *
 * @param firstMs epoch milliseconds
 * @param lastMs epoch milliseconds
 * @param users keyed hashes of the users that were named
 */
record Extent(Id trace, long firstMs, long lastMs, NavigableSet<Long> users) {

    Extent merge(Extent other) {
        return new Extent(
                trace,
                Math.min(firstMs, other.firstMs),
                Math.max(lastMs, other.lastMs),
                Visit.union(users, other.users));
    }

    /** Whether it shows another visitor. What precedes a buffered recording does not: that reaches back for a minute only. */
    boolean isBeyond(ReplayView replay, long toleranceMs) {
        return lastMs > replay.endedMs() + toleranceMs
                || (firstMs < replay.startedMs() - toleranceMs && !replay.isBuffered())
                || (replay.users().isEmpty()
                        ? users.size() > 1
                        : !replay.users().containsAll(users));
    }
}
