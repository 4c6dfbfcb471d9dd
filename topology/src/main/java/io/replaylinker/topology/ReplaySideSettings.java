package io.replaylinker.topology;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When an event may expire.
 *
 * @param idleAfter a partition of the replay stream that brought nothing for so long is taken to be at the end; null: never, for
 *     bounded runs, whose windows close at the end of the input
 * @param settle no expiry so long after a start, until every partition has told how far it is
 * @param tickEvery how often a partition tells how far it is
 */
public record ReplaySideSettings(@Nullable Duration idleAfter, Duration settle, Duration tickEvery) {

    /** Idle after 1 min, settled after 30 s, a tick a second. */
    public static ReplaySideSettings defaults() {
        return new ReplaySideSettings(Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofSeconds(1));
    }

    /** For a bounded run: nothing expires before {@link ReplayLinkTopology#closeWindows()}. */
    public static ReplaySideSettings bounded() {
        return new ReplaySideSettings(null, Duration.ofDays(365), Duration.ofSeconds(1));
    }
}
