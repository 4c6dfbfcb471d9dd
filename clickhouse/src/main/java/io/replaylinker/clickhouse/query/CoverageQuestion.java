package io.replaylinker.clickhouse.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects the backend errors to count.
 *
 * @param organization null for all
 * @param project of the events; null for all
 * @param since time at which the server received the event, inclusive, rounded to the hour
 * @param by how the counts are grouped
 */
public record CoverageQuestion(
        @Nullable Long organization, @Nullable Long project, Instant since, Step by) {

    /** A step of time, in UTC. */
    public enum Step {
        HOUR,
        DAY
    }
}
