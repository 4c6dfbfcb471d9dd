package io.replaylinker.clickhouse.query;

import java.time.Instant;

/**
 * What became of an event that claimed a replay, or of a backend error that did not, as published within the last 14 days.
 *
 * @param occurrence whether it is an issue-platform event; it may share its event id with a transaction
 * @param kind error, call (transaction or segment span) or occurrence
 * @param origin backend or frontend
 * @param method of a link: replay_id, error_id, span, trace or user; without one what the event named: replay_id, trace or unknown
 * @param outcome LINKED, TAKEN_BACK, DELETED, or the reason why there is no link, as REPLAY_NOT_SEEN
 * @param claimed whether it names a replay, indicates that there is one, or had a link; of the others there is a reason, but no claim to explain
 * @param claimedReplayId the replay that it named or that its trace led to; empty when none
 * @param publishedAt timestamp in Kafka of the newest word on it
 */
public record EventOutcome(
        String eventId,
        long organizationId,
        long projectId,
        boolean occurrence,
        String kind,
        String origin,
        String method,
        String outcome,
        boolean claimed,
        String claimedReplayId,
        Instant receivedAt,
        Instant publishedAt) {

    /** Its id as people see it: of a streamed segment span the span id, 16 digits. */
    public String shownId() {
        return EventIds.shown(eventId);
    }

    /** The same after a user deleted the replay that it was linked to. */
    EventOutcome archived(String replayId) {
        return new EventOutcome(
                eventId,
                organizationId,
                projectId,
                occurrence,
                kind,
                origin,
                method,
                "ARCHIVED",
                claimed,
                replayId,
                receivedAt,
                publishedAt);
    }
}
