package io.replaylinker.clickhouse.query;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event and its replay. Ids are 32 lower hex digits, span ids 16. Texts are empty where nothing is known. An organization, project or
 * issue id above {@link Long#MAX_VALUE} is negative.
 *
 * @param occurrence whether it is an issue-platform event; it may share its event id with a transaction
 * @param kind side and kind, such as "backend error": backend or frontend; error, call or occurrence
 * @param type error, default, transaction, span, ...; for an issue-platform event its kind, such as feedback
 * @param groupId 0 when the event has no issue
 * @param durationMs of a call, otherwise null
 * @param eventAt time of the event by the sender's clock
 * @param receivedAt time at which the server received the event
 * @param method replay_id, error_id, span, trace or user
 * @param confidence from 0.6 to 1.0
 * @param linkedAt time at which both sides were known
 * @param ingestedAt Kafka timestamp of the record with the link
 */
public record LinkedEvent(
        String eventId,
        long organizationId,
        long projectId,
        boolean occurrence,
        String kind,
        String type,
        String level,
        String transaction,
        String op,
        String status,
        @Nullable Long durationMs,
        String platform,
        String release,
        String environment,
        long groupId,
        String traceId,
        String spanId,
        String parentSpanId,
        Instant eventAt,
        Instant receivedAt,
        String replayId,
        long replayProjectId,
        Instant replayStartedAt,
        String method,
        double confidence,
        boolean inSession,
        boolean confirmed,
        Instant linkedAt,
        Instant ingestedAt) {

    /** The displayed id: for a streamed segment span the span id of 16 digits. */
    public String shownId() {
        return EventIds.shown(eventId);
    }

    /** The time from the replay's start to the event; negative if the event was earlier. */
    public Duration offset() {
        return Duration.between(replayStartedAt, eventAt);
    }
}
