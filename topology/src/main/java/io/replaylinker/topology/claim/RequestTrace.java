package io.replaylinker.topology.claim;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.serdes.Ids;
import io.replaylinker.serdes.trace.Baggage;
import io.replaylinker.serdes.trace.SentryTrace;
import io.replaylinker.serdes.trace.Traceparent;
import org.jspecify.annotations.Nullable;

/**
 * The trace in the headers of an event's own request: the trace that the caller was on, the caller's span, and the
 * replay in its baggage. SDKs often start a trace of their own although the request carried a valid one, so this is
 * kept apart from the event's.
 *
 * @param traceId of {@code sentry-trace}, else of the baggage, else of {@code traceparent}
 * @param spanId span of the caller on that trace
 * @param baggageReplayId as spelled in the baggage
 * @param baggageTraceId the trace that the id in the baggage belongs to: the baggage's own, else that of the other
 *     headers
 * @param hasReplay the fourth part of {@code sentry-trace} states that the caller records
 */
record RequestTrace(
        @Nullable Id traceId,
        @Nullable SpanId spanId,
        @Nullable String baggageReplayId,
        @Nullable Id baggageTraceId,
        boolean hasReplay) {

    private static final String BAGGAGE_REPLAY_ID = "sentry-replay_id";
    private static final String BAGGAGE_TRACE_ID = "sentry-trace_id";
    private static final RequestTrace NONE = new RequestTrace(null, null, null, null, false);

    static RequestTrace of(BackendEvent event) {
        if (event.getSentryTrace() == null && event.getBaggage() == null && event.getTraceparent() == null) {
            return NONE;
        }
        SentryTrace sentry = SentryTrace.parse(event.getSentryTrace());
        Traceparent w3c = Traceparent.parse(event.getTraceparent());
        Id baggage = Ids.parse(Baggage.value(event.getBaggage(), BAGGAGE_TRACE_ID));
        Id caller = sentry != null ? sentry.traceId() : w3c != null ? w3c.traceId() : null;
        Id trace = sentry != null ? sentry.traceId() : baggage != null ? baggage : caller;
        return new RequestTrace(
                trace,
                span(trace, sentry, w3c),
                Baggage.value(event.getBaggage(), BAGGAGE_REPLAY_ID),
                baggage != null ? baggage : caller,
                sentry != null && sentry.hasReplay());
    }

    private static @Nullable SpanId span(@Nullable Id trace, @Nullable SentryTrace sentry, @Nullable Traceparent w3c) {
        if (sentry != null) {
            return sentry.spanId();
        }
        return w3c != null && w3c.traceId().equals(trace) ? w3c.spanId() : null;
    }
}
