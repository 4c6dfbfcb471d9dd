package io.replaylinker.clickhouse.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which errors are counted: those of backends that the server received since then.
 *
 * @param organization null for all
 * @param project of the events; null for all
 * @param since told by the hour
 * @param by how the answer is divided
 */
public record CoverageQuestion(
        @Nullable Long organization, @Nullable Long project, Instant since, Step by) {

    /** A piece of time, in UTC. */
    public enum Step {
        HOUR,
        DAY
    }
}
