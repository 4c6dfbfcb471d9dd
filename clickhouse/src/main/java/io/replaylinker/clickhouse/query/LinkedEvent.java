package io.replaylinker.clickhouse.query;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event and the replay that it belongs to. Ids are 32 lower hex digits, those of spans 16; texts are empty where nothing is
 * known. An organization, project or issue above the largest long is negative.
 *
 * @param occurrence whether it is an issue-platform event; it may share its event id with a transaction
 * @param kind backend or frontend, and error, call or occurrence: as backend error
 * @param type error, default, transaction, span, ...; of an occurrence its kind, as feedback
 * @param groupId 0 when the event has no issue
 * @param durationMs of a call, else null
 * @param eventAt when it happened, by the sender's clock
 * @param receivedAt when the server got it
 * @param method replay_id, error_id, span, trace or user
 * @param confidence from 0.6 to 1.0
 * @param linkedAt when both sides were known
 * @param ingestedAt timestamp in Kafka of the record that brought the link
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

    /** Its id as people see it: of a streamed segment span the span id, 16 digits. */
    public String shownId() {
        return EventIds.shown(eventId);
    }

    /** How long after the replay's start it happened; negative before it. */
    public Duration offset() {
        return Duration.between(replayStartedAt, eventAt);
    }
}
