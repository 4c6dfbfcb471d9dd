package io.replaylinker.clickhouse.query;

import java.time.Duration;

/**
 * Which replays are asked for.
 *
 * @param minLength from start to last segment, zero for any
 * @param withBackendError only those with an error of a backend that is linked now
 */
public record ReplayCriteria(Duration minLength, boolean withBackendError) {

    /** @throws IllegalArgumentException for a negative length */
    public ReplayCriteria {
        if (minLength.isNegative()) {
            throw new IllegalArgumentException("a length is not negative");
        }
    }
}
