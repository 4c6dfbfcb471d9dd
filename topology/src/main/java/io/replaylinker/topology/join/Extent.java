package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;

/**
 * When things happened on one trace that nothing but the trace ties to a replay, epoch milliseconds. One that lies outside the
 * replay shows that somebody else was on the trace too.
 */
record Extent(Id trace, long firstMs, long lastMs) {

    Extent merge(Extent other) {
        return new Extent(trace, Math.min(firstMs, other.firstMs), Math.max(lastMs, other.lastMs));
    }

    /** Whether it reaches beyond the replay. What precedes a buffered recording does not: that reaches back for a minute only. */
    boolean isBeyond(ReplayView replay, long toleranceMs) {
        return lastMs > replay.endedMs() + toleranceMs
                || (firstMs < replay.startedMs() - toleranceMs && !replay.isBuffered());
    }
}
