package io.replaylinker.sinks.clickhouse.query;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event and the replay that it belongs to. Ids are 32 lower hex digits, those of spans 16; texts are empty where nothing is
 * known. An organization, project or issue above the largest long is negative.
 *
 * @param kind backend error, backend transaction, frontend error or frontend transaction
 * @param groupId 0 when the event has no issue
 * @param durationMs of a transaction, else null
 * @param eventAt when it happened, by the sender's clock
 * @param receivedAt when the server got it
 * @param method replay_id, flag or trace
 * @param confidence 1.0, 0.9 or 0.6
 * @param linkedAt when both sides were known
 * @param ingestedAt timestamp in Kafka of the record that brought the link
 */
public record LinkedEvent(
        String eventId,
        long organizationId,
        long projectId,
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

    /** How long after the replay's start it happened; negative before it. */
    public Duration offset() {
        return Duration.between(replayStartedAt, eventAt);
    }
}
