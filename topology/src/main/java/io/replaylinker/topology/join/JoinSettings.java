package io.replaylinker.topology.join;

import io.replaylinker.topology.claim.ClaimSettings;
import java.time.Duration;

/**
 * Settings of the join's decisions.
 *
 * @param waitFor how long an event waits for its replay, in server receive time
 * @param memory how long a replay and its traces are remembered after their last observation; not shorter than the wait
 * @param confirm whether a link needs a segment of its replay to have been seen
 * @param traceTolerance how far outside of a replay an event may lie to be linked by trace, or to be in session
 * @param traceShared what to do for events that nothing ties to one visit of a shared trace
 * @param traceMaxVisits a trace with more visits than this is shared, whatever else is known of it; 1 or more
 * @param traceMaxSpans the same limit for spans
 * @param tenancy what to do about organizations
 * @param methods which methods may link
 */
public record JoinSettings(
        Duration waitFor,
        Duration memory,
        boolean confirm,
        Duration traceTolerance,
        SharedTrace traceShared,
        int traceMaxVisits,
        int traceMaxSpans,
        Tenancy tenancy,
        ClaimSettings methods) {

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
        if (traceMaxVisits < 1) {
            throw new IllegalArgumentException("a trace has one visit or more, not " + traceMaxVisits);
        }
        if (traceMaxSpans < 1) {
            throw new IllegalArgumentException("a trace has one span or more, not " + traceMaxSpans);
        }
    }

    /** How long an event is remembered when its wait is over. */
    Duration memoryAfterWait() {
        return memory.minus(waitFor);
    }

    /**
     * Wait 15 min, memory 90 min, confirmed links only, tolerance 60 s, no links on shared traces, 64 visits and 2000
     * spans a trace, organizations learned, all methods.
     */
    public static JoinSettings defaults() {
        return new JoinSettings(
                Duration.ofMinutes(15),
                Duration.ofMinutes(90),
                true,
                Duration.ofSeconds(60),
                SharedTrace.NONE,
                64,
                2_000,
                Tenancy.LEARN,
                ClaimSettings.defaults());
    }
}
