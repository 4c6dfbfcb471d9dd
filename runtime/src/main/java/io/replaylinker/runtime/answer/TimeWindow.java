package io.replaylinker.runtime.answer;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of the time of a replay.
 *
 * @param since first moment; null for the start
 * @param until end, exclusive; null for no end
 */
public record TimeWindow(@Nullable Instant since, @Nullable Instant until) {

    /** All of the time. */
    public static final TimeWindow WHOLE = new TimeWindow(null, null);

    /**
     * Reads the ends as ISO 8601.
     *
     * @param since null for the start
     * @param until null for no end
     * @return empty if one of them is no time
     */
    public static Optional<TimeWindow> parse(@Nullable String since, @Nullable String until) {
        try {
            return Optional.of(new TimeWindow(
                    since == null ? null : Instant.parse(since), until == null ? null : Instant.parse(until)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
