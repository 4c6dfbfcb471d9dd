package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.ErrorNaming;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.TraceObservation;

/**
 * One step of the join: all that concerns one key (a trace, or a replay) comes to the same instance, in any order and any number of
 * times. Its rows are empty when it is made. Not for several threads.
 */
public interface KeyedJoin {

    /** The evidence of an event. */
    void onClaim(Claim claim);

    /** An observation of a replay. Only of confirm. */
    default void onReplayObservation(ReplayObservation observation) {
        throw new IllegalStateException("an observation of a replay goes to confirm");
    }

    /** An observation of a trace. Only of resolve. */
    default void onTraceObservation(TraceObservation observation) {
        throw new IllegalStateException("an observation of a trace goes to resolve");
    }

    /** A recorder names an event. Only of choose. */
    default void onNaming(ErrorNaming naming) {
        throw new IllegalStateException("a naming of an event goes to choose");
    }

    /** An event told which organization its project belongs to. */
    void onAffiliation(long project, long organization);

    /** An event was deleted at its source; what was emitted of it is taken back by {@link #expire}. */
    void onTombstone(Tombstone tombstone);

    /**
     * Emits what waited long enough, and forgets what is remembered no longer.
     *
     * @param watermarkMs how far the replay side has come, epoch milliseconds of server receive time
     * @param atMost rows to look at
     * @return rows looked at; as many as allowed means that there is more to do
     */
    int expire(long watermarkMs, int atMost);

    /**
     * Ends and forgets what is due before a moment that the replay side has not reached, to make room. What comes afterwards waits as if
     * nothing had been ended.
     *
     * @param untilMs epoch milliseconds
     * @param atMost rows to look at
     * @return rows looked at; as many as allowed means that there is more to do
     */
    int relieve(long untilMs, int atMost);

    /** When the next row is due, epoch milliseconds; {@link Long#MAX_VALUE} when none is. */
    long nextExpiryMs();

    /** Who waits. Costs nothing. */
    Waiting waiting();

    /** Bytes on the heap of what it holds beside its rows, estimated. */
    long bytes();

    /** Explains what it decided; to be asked while it takes nothing. */
    Explainer explainer();
}
