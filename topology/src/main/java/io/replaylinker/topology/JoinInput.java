package io.replaylinker.topology;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.ErrorNaming;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.topology.join.KeyedJoin;
import io.replaylinker.topology.join.Tombstone;

/** An input of a step of the join: evidence or an observation for one key, or a broadcast to every partition. */
sealed interface JoinInput {

    /** The evidence of an event. There is a copy of it for each lookup of its replay. */
    record EventClaim(Claim claim) implements JoinInput {}

    /** One observation of a replay. */
    record ReplaySeen(ReplayObservation observation) implements JoinInput {}

    /** One observation of a trace: a span on it, a replay that saw it, or both. */
    record TraceSeen(TraceObservation observation) implements JoinInput {}

    /** A recorder names an event that it sent. */
    record ErrorNamed(ErrorNaming naming) implements JoinInput {}

    /** The organization of a project; sent to every partition. */
    record Affiliation(long projectId, long organizationId) implements JoinInput {}

    /**
     * An event was deleted. Sent to every partition, because the replay and trace that it named are no longer known.
     */
    record EventTombstone(Tombstone tombstone) implements JoinInput {}

    /**
     * Watermark of one partition of the replay stream. Sent to every partition, so that an event never expires while
     * the segments of its replay may still be in the queue.
     *
     * @param source topic and partition of the replay stream
     * @param timeMs epoch milliseconds of server receive time
     * @param emittedAtMs wall clock where it was emitted, epoch milliseconds
     */
    record Watermark(String source, long timeMs, long emittedAtMs) implements JoinInput {}

    /**
     * Several inputs, as read from the shuffle.
     *
     * @param block see {@link io.replaylinker.topology.shuffle.Block}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Packed(byte[] block) implements JoinInput {}

    /** Whether it is sent to all partitions rather than to that of one key. */
    default boolean forAll() {
        return this instanceof Affiliation || this instanceof EventTombstone || this instanceof Watermark;
    }

    /** Passes it to a step of the join; the join itself ignores a watermark. */
    default void into(KeyedJoin join) {
        if (this instanceof EventClaim event) {
            join.onClaim(event.claim());
        } else if (this instanceof ReplaySeen replay) {
            join.onReplayObservation(replay.observation());
        } else if (this instanceof TraceSeen trace) {
            join.onTraceObservation(trace.observation());
        } else if (this instanceof ErrorNamed named) {
            join.onNaming(named.naming());
        } else if (this instanceof Affiliation affiliation) {
            join.onAffiliation(affiliation.projectId(), affiliation.organizationId());
        } else if (this instanceof EventTombstone deleted) {
            join.onTombstone(deleted.tombstone());
        } else if (this instanceof Packed) {
            throw new IllegalStateException("a block is opened before the join");
        }
    }
}
