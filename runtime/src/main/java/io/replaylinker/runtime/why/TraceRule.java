package io.replaylinker.runtime.why;

import io.replaylinker.schemas.Method;
import io.replaylinker.topology.join.Explanation;

/** Which rule of {@code docs/join.md} decided on an event of a trace. */
final class TraceRule {

    /** Below the confidence of the only visit: time chose among several. */
    private static final double TIME_CHOSE = 0.6;

    private static final String TIES_TO_NONE =
            "neither a path, nor being the only visit, nor the user ties it to one of the visits";

    private TraceRule() {}

    /** Half a sentence. */
    static String of(Explanation.OnTrace trace) {
        return trace.chosen() != null ? chosen(trace) : missing(trace);
    }

    private static String chosen(Explanation.OnTrace trace) {
        if (trace.method() == Method.USER && trace.pathEnd() == Explanation.PathEnd.VISIT) {
            return "the path ends at a page load that names no replay, and of all visits only this replay is of the same user";
        }
        if (trace.method() != Method.TRACE) {
            return MethodText.rule(trace.method());
        }
        if (trace.confidence() <= TIME_CHOSE) {
            return "of several visits it is the nearest in time (trace.shared=nearest)";
        }
        return trace.pathEnd() == Explanation.PathEnd.VISIT
                ? "the path ends in a browser that names no replay, and the trace has only one replay, which no page load names"
                : "it is the only visit of the trace, and no path contradicts";
    }

    private static String shared(Explanation.OnTrace trace) {
        boolean one = trace.visits().size() <= 2
                && trace.visits().stream()
                                .filter(visit -> visit.replay() != null)
                                .count()
                        == 1;
        return one
                ? "the one recorded visit may not be the only one: a page load names no replay, or the page was rendered well before"
                : TIES_TO_NONE;
    }

    private static String missing(Explanation.OnTrace trace) {
        if (trace.crowded()) {
            return "a trace with so many visits or spans links nothing (trace.max-visits, trace.max-spans)";
        }
        if (trace.visits().stream().noneMatch(visit -> visit.replay() != null)) {
            return "no replay was seen on the trace";
        }
        if (trace.missing() == null) {
            return "the rules have changed since";
        }
        return switch (trace.missing()) {
            case UNRECORDED_VISIT ->
                trace.pathEnd() == Explanation.PathEnd.VISIT
                        ? "the path ends at a page that names no replay, and no single replay of the trace can be its"
                        : "the only visit of the event's user is a page load that names no replay";
            case OUTSIDE_REPLAY -> "no replay of the trace is near in time (trace.shared=nearest)";
            case TRACE_NOT_SEEN -> "the method that would link it is not among methods";
            case SHARED_TRACE -> shared(trace);
            default -> TIES_TO_NONE;
        };
    }
}
