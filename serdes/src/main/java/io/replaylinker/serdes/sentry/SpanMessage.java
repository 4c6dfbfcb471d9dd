package io.replaylinker.serdes.sentry;

import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.Ids;
import io.replaylinker.serdes.RejectionReason;
import org.jspecify.annotations.Nullable;

/** A message of the span stream, read whole. */
final class SpanMessage {

    private static final String OTLP = "auto.otlp.spans";

    private @Nullable String eventId;
    private @Nullable String traceId;
    private @Nullable String spanId;
    private @Nullable String parentSpanId;
    private @Nullable String segmentId;
    private @Nullable String name;
    private @Nullable String status;
    private @Nullable Boolean isSegment;
    private long projectId;
    private long organizationId;
    private long startMs = EpochMillis.UNKNOWN;
    private long endMs = EpochMillis.UNKNOWN;
    private long receivedMs = EpochMillis.UNKNOWN;
    private SpanAttributes attributes = new SpanAttributes();

    private SpanMessage() {}

    static SpanMessage read(JsonCursor cursor) throws JsonException {
        SpanMessage message = new SpanMessage();
        if (cursor.enterObject()) {
            for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
                message.take(name, cursor);
            }
        }
        return message;
    }

    private void take(String field, JsonCursor value) throws JsonException {
        switch (field) {
            case "event_id" -> eventId = value.string();
            case "organization_id" -> organizationId = value.integer(0);
            case "project_id" -> projectId = value.integer(0);
            case "trace_id" -> traceId = value.string();
            case "span_id" -> spanId = value.string();
            case "parent_span_id" -> parentSpanId = value.string();
            case "segment_id" -> segmentId = value.string();
            case "name" -> name = value.string();
            case "status" -> status = value.string();
            case "is_segment" -> isSegment = value.flag();
            case "start_timestamp" -> startMs = value.epochSecondsOrMillis();
            case "end_timestamp" -> endMs = value.epochSecondsOrMillis();
            case "received" -> receivedMs = value.epochSecondsOrMillis();
            case "attributes" -> attributes = SpanAttributes.read(value);
            default -> value.skip();
        }
    }

    Decoded<Span> toDecoded() {
        SpanId own = Ids.parseSpan(spanId);
        String parent = own != null && own.equals(Ids.parseSpan(parentSpanId)) ? null : parentSpanId;
        boolean segment = isSegment(own, parent);
        if (!segment && !ClientOperations.isClient(attributes.kind, attributes.op)) {
            return Decoded.control(InnerSpans.OPERATION);
        }
        if (traceId == null || Ids.parse(traceId) == null) {
            return Decoded.rejection(RejectionReason.NO_TRACE_ID, "trace_id");
        }
        if (spanId == null || own == null) {
            return Decoded.rejection(RejectionReason.NO_SPAN_ID, "span_id");
        }
        if (projectId <= 0) {
            return Decoded.rejection(RejectionReason.NO_PROJECT_ID, "project_id");
        }
        Span span = new Span();
        span.setTraceId(traceId);
        span.setSpanId(spanId);
        span.setParentSpanId(parent);
        span.setSegmentId(segment ? spanId : givenSegmentId());
        span.setIsSegment(segment);
        setWhat(span);
        setWhen(span);
        setEvidence(span);
        return Decoded.value(span);
    }

    /** Where the message does not tell, a span without segment or parent is one, and of OTLP each that serves a request. */
    private boolean isSegment(@Nullable SpanId own, @Nullable String parent) {
        if (isSegment != null) {
            return isSegment;
        }
        String given = givenSegmentId();
        if (given != null) {
            return own != null && own.equals(Ids.parseSpan(given));
        }
        return parent == null
                || parent.isBlank()
                || (OTLP.equals(attributes.origin) && ClientOperations.isServerKind(attributes.kind));
    }

    private @Nullable String givenSegmentId() {
        return firstText(attributes.segmentId, segmentId);
    }

    private void setWhat(Span span) {
        span.setEventId(eventId);
        span.setProjectId(projectId);
        span.setOrganizationId(Math.max(organizationId, 0));
        span.setWasTransaction(attributes.wasTransaction);
        span.setName(firstText(
                firstText(name, attributes.segmentName), firstText(attributes.transaction, attributes.description)));
        span.setOp(attributes.op);
        span.setKind(attributes.kind);
        span.setOrigin(attributes.origin);
        span.setSdk(attributes.sdk);
        span.setStatus(EventTags.firstOf(attributes.statusMessage, status));
        span.setPlatform(EventTags.firstOf(attributes.platform, SdkPlatform.of(attributes.sdk, attributes.kind)));
        span.setRelease(attributes.release);
        span.setEnvironment(attributes.environment);
    }

    private void setWhen(Span span) {
        span.setStartTimestampMs(known(startMs));
        span.setTimestampMs(known(endMs));
        span.setReceivedMs(known(receivedMs));
    }

    private void setEvidence(Span span) {
        span.setProfileId(attributes.profileId());
        span.setReplayId(attributes.replayId());
        span.setReplayIsBuffering(attributes.replayIsBuffering);
        span.setUserId(attributes.userId());
        span.setUserAddress(attributes.userAddress());
        if (attributes.headers != null) {
            span.setBaggage(attributes.headers.baggage());
            span.setSentryTrace(attributes.headers.sentryTrace());
            span.setTraceparent(attributes.headers.traceparent());
        }
    }

    private static @Nullable String firstText(@Nullable String first, @Nullable String second) {
        return first == null || first.isBlank() ? second : first;
    }

    private static @Nullable Long known(long epochMillis) {
        return epochMillis == EpochMillis.UNKNOWN ? null : epochMillis;
    }
}
