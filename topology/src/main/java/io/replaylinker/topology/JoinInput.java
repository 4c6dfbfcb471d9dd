package io.replaylinker.topology;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.ErrorNaming;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.topology.join.KeyedJoin;
import io.replaylinker.topology.join.Tombstone;

/** What travels to a step of the join: what an event or a segment said, and what every partition has to know. */
sealed interface JoinInput {

    /** The evidence of an event; a copy of it for each place where its replay is looked for. */
    record EventClaim(Claim claim) implements JoinInput {}

    /** One observation of a replay. */
    record ReplaySeen(ReplayObservation observation) implements JoinInput {}

    /** One observation of a trace: a span on it, a replay that saw it, or both. */
    record TraceSeen(TraceObservation observation) implements JoinInput {}

    /** A recorder names an event that it sent. */
    record ErrorNamed(ErrorNaming naming) implements JoinInput {}

    /** Which organization a project belongs to; sent to every partition. */
    record Affiliation(long projectId, long organizationId) implements JoinInput {}

    /** An event was deleted; sent to every partition, because nobody knows any more which replay or trace it named. */
    record EventTombstone(Tombstone tombstone) implements JoinInput {}

    /**
     * How far one partition of the replay side has come; sent to every partition, so that an event never expires while the segments
     * of its replay may still be in the queue.
     *
     * @param source topic and partition of the replay stream
     * @param timeMs epoch milliseconds of server receive time
     * @param emittedAtMs wall clock where it was emitted, epoch milliseconds
     */
    record Watermark(String source, long timeMs, long emittedAtMs) implements JoinInput {}

    /**
     * Several inputs, as they are read from the shuffle.
     *
     * @param block see {@link io.replaylinker.topology.shuffle.Block}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Packed(byte[] block) implements JoinInput {}

    /** Whether it concerns all partitions rather than one key. */
    default boolean forAll() {
        return this instanceof Affiliation || this instanceof EventTombstone || this instanceof Watermark;
    }

    /** Gives it to a step of the join; a tick is nothing to the join itself. */
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
