package io.replaylinker.worker.why;

import io.replaylinker.schemas.UnlinkedReason;

/** Why an event has no link, in the same words wherever it is asked. */
public final class ReasonText {

    private ReasonText() {}

    /** Half a sentence. */
    public static String meaning(UnlinkedReason reason) {
        return switch (reason) {
            case REPLAY_NOT_SEEN -> "no segment of the replay was seen";
            case TRACE_NOT_SEEN -> "nobody tied the trace to a replay";
            case AMBIGUOUS -> "several replays fit, and time decides for none";
            case SHARED_TRACE -> "the trace has too many replays to tell them apart";
            case OUTSIDE_REPLAY -> "every replay of the trace is too far away in time";
            case TENANT_MISMATCH -> "the replay is of another organization, or its organization is not known";
            case ARCHIVED -> "the replay was deleted by a user";
            case UNKNOWN -> "a reason of another release";
        };
    }
}
