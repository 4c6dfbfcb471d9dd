package io.replaylinker.clickhouse.query;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How new an answer is: what came later is not in it.
 *
 * @param newest timestamp in Kafka of the newest record that is in the tables, of any organization; null when they are empty
 * @param queriedAt by the reader's clock
 */
public record Freshness(@Nullable Instant newest, Instant queriedAt) {

    /** How long ago that was, never negative; null when the tables are empty. */
    public @Nullable Duration age() {
        if (newest == null) {
            return null;
        }
        Duration age = Duration.between(newest, queriedAt);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
