package io.replaylinker.sinks.clickhouse.query;

import java.time.Instant;

/**
 * What became of an event that claimed a replay, as told within the last 14 days.
 *
 * @param kind error or transaction
 * @param origin backend or frontend
 * @param method what it claimed: replay_id, flag or trace
 * @param outcome LINKED, TAKEN_BACK, DELETED, or the reason why there is no link, as REPLAY_NOT_SEEN
 * @param claimedReplayId the replay that it named or that its trace led to; empty when none
 * @param toldAt timestamp in Kafka of the newest word on it
 */
public record EventOutcome(
        String eventId,
        long organizationId,
        long projectId,
        String kind,
        String origin,
        String method,
        String outcome,
        String claimedReplayId,
        Instant receivedAt,
        Instant toldAt) {

    /** The same after a user deleted the replay that it was linked to. */
    EventOutcome archived(String replayId) {
        return new EventOutcome(
                eventId, organizationId, projectId, kind, origin, method, "ARCHIVED", replayId, receivedAt, toldAt);
    }
}
