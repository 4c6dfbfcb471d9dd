package io.replaylinker.runtime.why;

import io.replaylinker.schemas.UnlinkedReason;

/** Text for why an event has no link, the same wherever it is shown. */
public final class ReasonText {

    private ReasonText() {}

    /** Half a sentence. */
    public static String meaning(UnlinkedReason reason) {
        return switch (reason) {
            case NO_EVIDENCE -> "it carries no replay id and no trace, and no recorder names it";
            case REPLAY_NOT_SEEN -> "no segment of the replay was seen";
            case TRACE_NOT_SEEN -> "no replay was seen on the trace";
            case UNRECORDED_VISIT -> "it belongs to a visit that was not recorded";
            case SHARED_TRACE ->
                "several visits share the trace, as those of a cached page, and nothing ties it to one of them";
            case OUTSIDE_REPLAY -> "it happened before the replay began or after it ended";
            case USER_MISMATCH -> "it names another user than the replay";
            case TENANT_MISMATCH -> "the replay is of another organization, or its organization is not known";
            case ARCHIVED -> "the replay was deleted by a user";
            case BUFFER_NOT_SENT -> "the replay was only buffered in the browser and never sent";
            case UNKNOWN -> "a reason of another release";
        };
    }

    /** What a link would have required: a sentence without a full stop, empty if there is no advice. */
    public static String advice(UnlinkedReason reason) {
        return switch (reason) {
            case NO_EVIDENCE ->
                "needed: tracing in the SDK of this service, and the headers sentry-trace and baggage passed on to it";
            case REPLAY_NOT_SEEN ->
                "needed: a segment of the replay on a topic of replays.topics, within the wait; blockers in browsers keep them away";
            case TRACE_NOT_SEEN ->
                "needed: a replay that lists this trace; the browser must send its trace to this service"
                        + " (tracePropagationTargets), and every service between must pass it on";
            case UNRECORDED_VISIT -> "nothing to fix; a higher sample rate records more visits";
            case SHARED_TRACE ->
                "needed: spans of the services between that lead to the page (spans.topics, transactions), the event named by"
                        + " its recorder, or the same user on both sides; and no trace id in cached pages";
            case OUTSIDE_REPLAY -> "needed: an event during the replay, or at most trace.tolerance before or after it";
            case USER_MISMATCH -> "nothing to fix, if both sides name their users by the same id";
            case TENANT_MISMATCH ->
                "needed: event and replay of one organization; the setting tenancy decides about unknown ones";
            case BUFFER_NOT_SENT ->
                "nothing to fix: a recorder sends its buffer only when it is triggered, for example by an error";
            case ARCHIVED, UNKNOWN -> "";
        };
    }
}
