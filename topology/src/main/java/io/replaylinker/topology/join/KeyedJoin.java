package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.ErrorNaming;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.TraceObservation;

/**
 * One step of the join. All inputs for one key (a trace, an event or a replay) go to the same instance, in any order
 * and any number of times. Its rows are empty when it is created. Not thread-safe.
 */
public interface KeyedJoin {

    /** The evidence of an event. */
    void onClaim(Claim claim);

    /** An observation of a replay. Only in confirm. */
    default void onReplayObservation(ReplayObservation observation) {
        throw new IllegalStateException("an observation of a replay goes to confirm");
    }

    /** An observation of a trace. Only in resolve. */
    default void onTraceObservation(TraceObservation observation) {
        throw new IllegalStateException("an observation of a trace goes to resolve");
    }

    /** A recorder names an event. Only in choose. */
    default void onNaming(ErrorNaming naming) {
        throw new IllegalStateException("a naming of an event goes to choose");
    }

    /** The organization of a project, learned from an event. */
    void onAffiliation(long project, long organization);

    /** An event was deleted at its source; its output is retracted by {@link #expire}. */
    void onTombstone(Tombstone tombstone);

    /**
     * Emits expired events and removes expired state.
     *
     * @param watermarkMs watermark of the replay stream, epoch milliseconds of server receive time
     * @param atMost rows to look at
     * @return rows looked at; as many as allowed means that there is more to do
     */
    int expire(long watermarkMs, int atMost);

    /**
     * Expires rows that are due before a moment ahead of the watermark, to make room. Later inputs wait as if nothing
     * had been expired.
     *
     * @param untilMs epoch milliseconds
     * @param atMost rows to look at
     * @return rows looked at; as many as allowed means that there is more to do
     */
    int relieve(long untilMs, int atMost);

    /** When the next row is due, epoch milliseconds; {@link Long#MAX_VALUE} when none is. */
    long nextExpiryMs();

    /** The events that wait. Constant cost. */
    Waiting waiting();

    /** Estimated heap bytes of its state beside the rows. */
    long bytes();

    /** Explains its decisions; to be used while it reads no input. */
    Explainer explainer();
}
