package io.replaylinker.clickhouse;

import java.time.Instant;

/**
 * A current link as read from ClickHouse. Ids are 32 lower hex digits.
 *
 * @param traceId empty when the event has none
 * @param occurrence whether it is an issue-platform event; it may share its event id with a transaction
 * @param eventType for an issue-platform event its kind, such as feedback
 * @param transaction empty when unknown
 * @param method replay_id, error_id, span, trace or user
 * @param linkedAt when both sides were known, in server receive time
 */
public record LinkRow(
        String eventId,
        String replayId,
        String traceId,
        long organizationId,
        long eventProjectId,
        long replayProjectId,
        boolean occurrence,
        String eventType,
        String level,
        String transaction,
        String method,
        double confidence,
        boolean inSession,
        boolean confirmed,
        Instant eventAt,
        Instant receivedAt,
        Instant replayStartedAt,
        Instant linkedAt) {}
