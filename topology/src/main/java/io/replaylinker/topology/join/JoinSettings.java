package io.replaylinker.topology.join;

import java.time.Duration;

/**
 * How the join decides.
 *
 * @param waitFor how long an event waits for its replay, in server receive time
 * @param memory how long a replay and its traces are remembered after their last sign of life; not shorter than the wait
 * @param confirm whether a link needs a segment of its replay to have been seen
 * @param traceTolerance how far from a replay's life an event may lie to be linked by trace, or to be in session
 * @param traceMaxReplays with more replays than this a trace is shared and links nothing by itself; 1 or more
 * @param tenancy what to do about organizations
 */
public record JoinSettings(
        Duration waitFor,
        Duration memory,
        boolean confirm,
        Duration traceTolerance,
        int traceMaxReplays,
        Tenancy tenancy) {

    public JoinSettings {
        if (waitFor.isNegative() || waitFor.isZero()) {
            throw new IllegalArgumentException("wait must be longer than nothing, is " + waitFor);
        }
        if (memory.compareTo(waitFor) < 0) {
            throw new IllegalArgumentException(
                    "memory (" + memory + ") must not be shorter than wait (" + waitFor + ")");
        }
        if (traceTolerance.isNegative()) {
            throw new IllegalArgumentException("trace tolerance must not be negative, is " + traceTolerance);
        }
        if (traceMaxReplays < 1) {
            throw new IllegalArgumentException("a trace has one replay or more, not " + traceMaxReplays);
        }
    }

    /** How long an event is remembered when its wait is over. */
    Duration memoryAfterWait() {
        return memory.minus(waitFor);
    }

    /** Wait 15 min, memory 90 min, confirmed links only, tolerance 5 min, 8 replays a trace, organizations learned. */
    public static JoinSettings defaults() {
        return new JoinSettings(
                Duration.ofMinutes(15), Duration.ofMinutes(90), true, Duration.ofMinutes(5), 8, Tenancy.LEARN);
    }
}
