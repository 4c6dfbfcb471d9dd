package io.replaylinker.topology.join;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Span;

/** Writes a call as the span that its SDK streams instead of a transaction. */
final class SegmentSpans {

    private SegmentSpans() {}

    static Span of(BackendEvent call) {
        Span span = new Span();
        span.setOrganizationId(call.getOrganizationId());
        span.setProjectId(call.getProjectId());
        span.setTraceId(call.getTraceId());
        span.setSpanId(call.getSpanId());
        span.setSegmentId(call.getSpanId());
        span.setParentSpanId(call.getParentSpanId());
        span.setIsSegment(true);
        span.setOp(call.getOp());
        span.setPlatform(call.getPlatform());
        span.setStartTimestampMs(call.getStartTimestampMs());
        span.setTimestampMs(call.getTimestampMs());
        span.setReceivedMs(call.getReceivedMs());
        span.setReplayId(call.getAttributeReplayId());
        span.setReplayIsBuffering(call.getReplayIsBuffering());
        span.setBaggage(call.getBaggage());
        span.setSentryTrace(call.getSentryTrace());
        span.setUserId(call.getUserId());
        span.setUserAddress(call.getUserAddress());
        return span;
    }
}
