package io.replaylinker.clickhouse.query;

import java.time.Instant;

/**
 * The outcome of an event that claimed a replay, or of a backend error without a claim, as published within the last 14 days.
 *
 * @param occurrence whether it is an issue-platform event; it may share its event id with a transaction
 * @param kind error, call (transaction or segment span) or occurrence
 * @param origin backend or frontend
 * @param method of a link: replay_id, error_id, span, trace or user; without a link the claim's evidence: replay_id, trace or unknown
 * @param outcome LINKED, TAKEN_BACK, DELETED, or the reason why there is no link, such as REPLAY_NOT_SEEN
 * @param claimed whether the event names a replay, indicates that there is one, or had a link; the others have a reason, but no claim to
 *     explain
 * @param claimedReplayId the replay that the event named or that its trace led to; empty when there is none
 * @param publishedAt Kafka timestamp of the newest record about it
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

    /** The largest number of outcomes in a result. */
    public static final int MOST = 200;

    /** The displayed id: for a streamed segment span the span id of 16 digits. */
    public String shownId() {
        return EventIds.shown(eventId);
    }

    /** The same outcome after a user deleted the linked replay. */
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
