package io.replaylinker.tools.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events whose links may change once certain records can be read: such an event itself; and for a replay's segment the events that
 * waited for it, and those that still remembered it.
 */
final class Affected {

    private final Duration waitFor;
    private final Duration memory;
    private @Nullable Instant from;
    private @Nullable Instant to;

    /**
     * Starts empty.
     *
     * @param waitFor how long an event waits for its replay
     * @param memory how long a replay is remembered
     */
    Affected(Duration waitFor, Duration memory) {
        this.waitFor = waitFor;
        this.memory = memory;
    }

    void add(DeadLetterRecord deadLetter) {
        Instant time = deadLetter.recordTime();
        Instant first = deadLetter.isOfReplay() ? time.minus(waitFor) : time;
        Instant last = (deadLetter.isOfReplay() ? time.plus(memory) : time).plusMillis(1);
        from = from == null || first.isBefore(from) ? first : from;
        to = to == null || last.isAfter(to) ? last : to;
    }

    /** The options of {@code reprocess} that cover all of these events; empty if there are no such events. */
    Optional<String> options(Instant now) {
        if (from == null || to == null) {
            return Optional.empty();
        }
        return Optional.of("--from " + from + (to.isBefore(now) ? " --to " + to : ""));
    }
}
