package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.ErrorNaming;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.schemas.TraceObservation;

/**
 * One step of the join: all that concerns one key (a trace, or a replay) comes to the same instance, in any order and any number of
 * times. Not for several threads.
 *
 * <p>An offset is the place of an input in its partition. An input that comes again with an offset already seen was cut off by a
 * crash, and what it had told is told again; one that comes again with a new offset is an ordinary repetition and tells nothing.
 */
public interface KeyedJoin {

    /** The evidence of an event. */
    void onClaim(Claim claim, long offset);

    /** An observation of a replay. Only of confirm. */
    default void onSighting(Sighting sighting, long offset) {
        throw new IllegalStateException("an observation of a replay goes to confirm");
    }

    /** An observation of a trace. Only of resolve. */
    default void onObservation(TraceObservation observation, long offset) {
        throw new IllegalStateException("an observation of a trace goes to resolve");
    }

    /** A recorder names an event. Only of choose. */
    default void onNaming(ErrorNaming naming, long offset) {
        throw new IllegalStateException("a naming of an event goes to choose");
    }

    /** An event told which organization its project belongs to. */
    void onAffiliation(long project, long organization, long offset);

    /** An event was deleted at its source; what was told of it is taken back by {@link #expire}. */
    void onTombstone(Tombstone tombstone, long offset);

    /**
     * Tells what waited long enough, and forgets what is remembered no longer and needs no word. What it tells is kept until the
     * second {@link #settle} from then on.
     *
     * @param replaySideMs how far the replay side has come, epoch milliseconds of server receive time
     * @param atMost rows to look at
     * @return rows looked at; as many as allowed means that there is more to do
     */
    int expire(long replaySideMs, int atMost);

    /** When the next row is due, epoch milliseconds; {@link Long#MAX_VALUE} when none is. */
    long nextDueMs();

    /** Who waits. Costs nothing. */
    Waiting waiting();

    /** All that was told before the last call is safe on its topic by now: closes what expired then. */
    void settle();
}
