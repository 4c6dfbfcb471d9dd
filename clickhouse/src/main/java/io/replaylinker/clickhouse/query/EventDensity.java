package io.replaylinker.clickhouse.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How many events a replay has in each step of time, for a replay with more events than a page.
 *
 * @param events number of events in all cells
 * @param from start of the first step
 * @param step length of a step, 1 ms or more
 * @param steps number of steps
 * @param cells those with events, by step
 */
public record EventDensity(long events, Instant from, Duration step, int steps, List<Cell> cells) {

    /** Largest number of steps in a result. */
    public static final int MOST_STEPS = 500;

    public EventDensity {
        cells = List.copyOf(cells);
    }

    /** What the events of a cell are. */
    public enum Look {
        /** Error or fatal, or a message without a known level. */
        ERROR,
        WARNING,
        /** A call with a status of failure. */
        FAILED_CALL,
        CALL,
        /** Messages of a lower level, and issue-platform events. */
        OTHER
    }

    /**
     * Events of one project and look within one step.
     *
     * @param step 0 for the first
     */
    public record Cell(int step, long projectId, Look look, long events) {}
}
