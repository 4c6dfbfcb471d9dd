package io.replaylinker.sinks.clickhouse;

import java.time.Instant;

/**
 * A current link as read back. Ids are 32 lower hex digits.
 *
 * @param traceId empty when the event has none
 * @param transaction empty when unknown
 * @param method replay_id, flag or trace
 * @param linkedAt when both sides were known, in server receive time
 */
public record LinkRow(
        String eventId,
        String replayId,
        String traceId,
        long organizationId,
        long eventProjectId,
        long replayProjectId,
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
