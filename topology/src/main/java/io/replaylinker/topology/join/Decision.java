package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import org.jspecify.annotations.Nullable;

/**
 * What the evidence of an event came to: a replay, to be confirmed, or the reason for none.
 *
 * @param replay null for none
 * @param method UNKNOWN for none
 * @param confidence 0 to 1, 0 for none
 * @param buffering the replay is only buffered by now and may never be sent
 * @param pathless the replay is that of the trace's only visit, and no span of that visit is known above the event
 * @param reason UNKNOWN when there is a replay
 */
record Decision(
        @Nullable Id replay,
        Method method,
        double confidence,
        boolean buffering,
        boolean pathless,
        UnlinkedReason reason) {

    static final double ONE_VISIT = 0.9;

    static final Decision TRACE_NOT_SEEN = none(UnlinkedReason.TRACE_NOT_SEEN);

    static Decision none(UnlinkedReason reason) {
        return new Decision(null, Method.UNKNOWN, 0, false, false, reason);
    }

    static Decision byError(Id replay) {
        return new Decision(replay, Method.ERROR_ID, 1.0, false, false, UnlinkedReason.UNKNOWN);
    }

    static Decision bySpan(Id replay, boolean buffering) {
        return new Decision(replay, Method.SPAN, 0.98, buffering, false, UnlinkedReason.UNKNOWN);
    }

    static Decision byTrace(Id replay, double confidence, boolean pathless) {
        return new Decision(replay, Method.TRACE, confidence, false, pathless, UnlinkedReason.UNKNOWN);
    }

    static Decision byUser(Id replay) {
        return new Decision(replay, Method.USER, 0.7, false, false, UnlinkedReason.UNKNOWN);
    }
}
