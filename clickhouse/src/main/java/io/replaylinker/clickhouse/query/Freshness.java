package io.replaylinker.clickhouse.query;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How recent a result is. Later records are not in it.
 *
 * @param newest Kafka timestamp of the newest record in the tables, of any organization; null when they are empty
 * @param queriedAt time of the query by the client's clock
 */
public record Freshness(@Nullable Instant newest, Instant queriedAt) {

    /** The age of the newest record, never negative; null when the tables are empty. */
    public @Nullable Duration age() {
        if (newest == null) {
            return null;
        }
        Duration age = Duration.between(newest, queriedAt);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
