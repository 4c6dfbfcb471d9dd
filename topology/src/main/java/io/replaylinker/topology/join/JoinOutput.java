package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;

/** Receives the output of the steps of the join. */
public interface JoinOutput {

    /**
     * From resolve and choose: the claim with its replay, to be confirmed; a withdrawn one is to be retracted from that
     * replay.
     */
    void resolved(Claim claim);

    /** From resolve: the verdict of one of several lookups of an event, for choose. */
    void verdict(Claim claim);

    /** From confirm: a link; a deleted one is a retraction. */
    void link(Link link);

    /** From every step: the event claimed a replay and has none. */
    void unlinked(Unlinked unlinked);

    /** From confirm: the state of a replay as known so far. */
    void replayState(ReplayState replayState);

    /** From every step: an event with nothing but a trace has no link. It claimed none, so it is only counted. */
    void unclaimed(UnlinkedReason reason);
}
