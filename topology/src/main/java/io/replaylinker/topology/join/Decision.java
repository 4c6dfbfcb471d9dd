package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import org.jspecify.annotations.Nullable;

/**
 * The decision on the evidence of an event: a replay, to be confirmed, or the reason for none.
 *
 * @param replay null for none
 * @param method UNKNOWN for none
 * @param confidence 0 to 1, 0 for none
 * @param buffering the replay is only buffered so far and may never be sent
 * @param pathless nothing but the trace ties the event to the replay, and others may be on the trace
 * @param anchorMs start of the topmost span that is known above the event, epoch milliseconds, 0 for none; only where
 *     pathless
 * @param pageSeen the page load of the trace's only visit was seen, so that those of others would be; only where
 *     pathless
 * @param reason UNKNOWN when there is a replay
 */
record Decision(
        @Nullable Id replay,
        Method method,
        double confidence,
        boolean buffering,
        boolean pathless,
        long anchorMs,
        boolean pageSeen,
        UnlinkedReason reason) {

    static final double ONE_VISIT = 0.9;

    static final Decision TRACE_NOT_SEEN = none(UnlinkedReason.TRACE_NOT_SEEN);

    static Decision none(UnlinkedReason reason) {
        return new Decision(null, Method.UNKNOWN, 0, false, false, 0, false, reason);
    }

    static Decision byError(Id replay) {
        return new Decision(replay, Method.ERROR_ID, 1.0, false, false, 0, false, UnlinkedReason.UNKNOWN);
    }

    static Decision bySpan(Id replay, boolean buffering) {
        return new Decision(replay, Method.SPAN, 0.98, buffering, false, 0, false, UnlinkedReason.UNKNOWN);
    }

    static Decision byTrace(Id replay, double confidence) {
        return new Decision(replay, Method.TRACE, confidence, false, false, 0, false, UnlinkedReason.UNKNOWN);
    }

    static Decision pathless(Id replay, long anchorMs, boolean pageSeen) {
        return new Decision(replay, Method.TRACE, ONE_VISIT, false, true, anchorMs, pageSeen, UnlinkedReason.UNKNOWN);
    }

    static Decision byUser(Id replay) {
        return new Decision(replay, Method.USER, 0.7, false, false, 0, false, UnlinkedReason.UNKNOWN);
    }
}
