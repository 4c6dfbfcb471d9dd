package io.replaylinker.clickhouse.query;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a replay's life. Texts are empty where nothing is known.
 *
 * @param organizationId 0 while unknown
 * @param lastSeenAt when its last segment arrived; null when links alone tell of it so far
 * @param segments how many there are by their numbers, 0 when none was seen
 * @param archived a user deleted it
 * @param type session or buffer
 */
public record KnownReplay(
        String replayId,
        long organizationId,
        long projectId,
        Instant startedAt,
        @Nullable Instant lastSeenAt,
        int segments,
        boolean archived,
        String type,
        String platform,
        String release,
        String environment) {

    /** A replay of which no life has arrived yet. */
    static KnownReplay fromLinks(String replayId, long organizationId, long projectId, Instant startedAt) {
        return new KnownReplay(replayId, organizationId, projectId, startedAt, null, 0, false, "", "", "", "");
    }

    /** From its start to its last segment; null when no segment is known. */
    public @Nullable Duration length() {
        return lastSeenAt == null ? null : Duration.between(startedAt, lastSeenAt);
    }
}
