package io.replaylinker.clickhouse.query;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The known state of a replay. Texts are empty where nothing is known.
 *
 * @param organizationId 0 while unknown
 * @param lastSeenAt arrival of the last segment; null while only links are known
 * @param segments number of segments by their segment numbers, 0 when none was seen
 * @param archived whether a user deleted the replay
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

    /** A replay without a published state. */
    static KnownReplay fromLinks(String replayId, long organizationId, long projectId, Instant startedAt) {
        return new KnownReplay(replayId, organizationId, projectId, startedAt, null, 0, false, "", "", "", "");
    }

    /** The time from the start to the last segment; null when no segment is known. */
    public @Nullable Duration length() {
        return lastSeenAt == null ? null : Duration.between(startedAt, lastSeenAt);
    }
}
