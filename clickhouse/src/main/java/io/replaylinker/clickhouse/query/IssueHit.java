package io.replaylinker.clickhouse.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An issue with its latest error. Texts come from the sending program and are empty where nothing is known.
 *
 * @param groupId the issue, merges and splits followed
 * @param firstSeenAt first error that was read
 * @param events how many errors were read, about
 * @param replays how many replays show it
 * @param latestReplay the replay of its latest linked error; null when none
 * @param eventId latest error
 */
public record IssueHit(
        long organizationId,
        long groupId,
        long projectId,
        String type,
        String value,
        String culprit,
        String level,
        String platform,
        String function,
        String file,
        long line,
        Instant firstSeenAt,
        Instant lastSeenAt,
        long events,
        long replays,
        @Nullable String latestReplay,
        String eventId,
        String traceId) {}
