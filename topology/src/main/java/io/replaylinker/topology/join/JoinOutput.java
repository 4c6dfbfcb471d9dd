package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;

/** Where the join emits. */
public interface JoinOutput {

    /** Of resolve and choose: the claim with its replay, to be confirmed; or, withdrawn, to be retracted from that replay. */
    void resolved(Claim claim);

    /** Of resolve: what one of several lookups of an event came to, for choose. */
    void verdict(Claim claim);

    /** Of confirm: a link, or, deleted, that it no longer holds. */
    void link(Link link);

    /** Of either: the event claimed a replay and has none. */
    void unlinked(Unlinked unlinked);

    /** Of confirm: what is known of a replay by now. */
    void replayState(ReplayState replayState);

    /** Of either: an event with nothing but a trace has no link; it claimed none, so it is only counted. */
    void unclaimed(UnlinkedReason reason);
}
