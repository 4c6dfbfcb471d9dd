package io.replaylinker.clickhouse.query;

import java.time.Duration;

/**
 * Selects replays.
 *
 * @param minLength from start to last segment, zero for any
 * @param withBackendError only replays with a currently linked backend error
 */
public record ReplayCriteria(Duration minLength, boolean withBackendError) {

    /** @throws IllegalArgumentException for a negative length */
    public ReplayCriteria {
        if (minLength.isNegative()) {
            throw new IllegalArgumentException("a length is not negative");
        }
    }
}
