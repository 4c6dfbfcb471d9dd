package io.replaylinker.serdes.sentry;

import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.Ids;
import io.replaylinker.serdes.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * A message of the span stream. Of thirty spans, twenty-nine are inside a segment and call no other service. They are skipped: producers
 * write {@code is_segment} before the attributes, and after a false value the attributes are only searched for a kind or an operation of a
 * caller. Therefore no field before the attributes is read at once. Their places are kept until the span is known to be wanted.
 */
final class SpanMessage {

    /** No value of an object has this place. */
    private static final int MISSING = 0;

    private final JsonCursor cursor;
    private final boolean detailed;
    private int eventId;
    private int organizationId;
    private int projectId;
    private int traceId;
    private int spanId;
    private int parentSpanId;
    private int segmentId;
    private int name;
    private int status;
    private int startTimestamp;
    private int endTimestamp;
    private int received;
    private @Nullable Boolean isSegment;
    private SpanAttributes attributes = new SpanAttributes();

    /**
     * The cursor is at the message, which is an object.
     *
     * @param detailed whether inner spans are read to their end
     */
    SpanMessage(JsonCursor cursor, boolean detailed) {
        this.cursor = cursor;
        this.detailed = detailed;
    }

    /** Reads the message. Returns false as soon as the message can be skipped, before its end. */
    boolean read() throws JsonException {
        cursor.enterObject();
        for (String field = cursor.nextField(); field != null; field = cursor.nextField()) {
            if (!field.equals("attributes")) {
                pass(field);
            } else if (!detailed && Boolean.FALSE.equals(isSegment) && !cursor.mayFindCaller()) {
                return false;
            } else {
                attributes = SpanAttributes.read(cursor);
            }
        }
        return true;
    }

    private void pass(String field) throws JsonException {
        switch (field) {
            case "is_segment" -> isSegment = cursor.flag();
            case "event_id" -> eventId = cursor.pass();
            case "organization_id" -> organizationId = cursor.pass();
            case "project_id" -> projectId = cursor.pass();
            case "trace_id" -> traceId = cursor.pass();
            case "span_id" -> spanId = cursor.pass();
            case "parent_span_id" -> parentSpanId = cursor.pass();
            case "segment_id" -> segmentId = cursor.pass();
            case "name" -> name = cursor.pass();
            case "status" -> status = cursor.pass();
            case "start_timestamp" -> startTimestamp = cursor.pass();
            case "end_timestamp" -> endTimestamp = cursor.pass();
            case "received" -> received = cursor.pass();
            default -> cursor.skip();
        }
    }

    /**
     * Returns whether the span is a segment or calls another service. Spans of OpenTelemetry do not name their segment, so the path from a
     * call to its segment needs every span in between.
     */
    boolean isWanted() throws JsonException {
        return isSegment()
                || ClientOperations.isClient(attributes.kind, attributes.op)
                || (ClientOperations.isOtlp(attributes.origin)
                        && givenSegmentId() == null
                        && parent(text(spanId)) != null);
    }

    /** The value of a wanted span, or a rejection for what it lacks. */
    Decoded<Span> toDecoded() throws JsonException {
        String trace = text(traceId);
        if (trace == null || Ids.parse(trace) == null) {
            return Decoded.rejection(RejectionReason.NO_TRACE_ID, "trace_id");
        }
        String own = text(spanId);
        if (own == null || Ids.parseSpan(own) == null) {
            return Decoded.rejection(RejectionReason.NO_SPAN_ID, "span_id");
        }
        long project = integer(projectId);
        if (project <= 0) {
            return Decoded.rejection(RejectionReason.NO_PROJECT_ID, "project_id");
        }
        Span span = new Span();
        span.setTraceId(trace);
        span.setSpanId(own);
        span.setProjectId(project);
        span.setParentSpanId(parent(own));
        span.setIsSegment(isSegment());
        span.setSegmentId(span.getIsSegment() ? own : givenSegmentId());
        setWhat(span);
        setWhen(span);
        setEvidence(span);
        return Decoded.value(span);
    }

    /** Without {@code is_segment}, a span without segment and parent is a segment, and so is an OTLP span that serves a request. */
    private boolean isSegment() throws JsonException {
        if (isSegment != null) {
            return isSegment;
        }
        String own = text(spanId);
        String given = givenSegmentId();
        if (given != null) {
            return isSame(given, own);
        }
        return parent(own) == null
                || (ClientOperations.isOtlp(attributes.origin) && ClientOperations.isServerKind(attributes.kind));
    }

    /** The parent, if it is another span. */
    private @Nullable String parent(@Nullable String own) throws JsonException {
        String parent = text(parentSpanId);
        return parent == null || parent.isBlank() || isSame(parent, own) ? null : parent;
    }

    private static boolean isSame(String one, @Nullable String other) {
        SpanId id = Ids.parseSpan(one);
        return id != null && id.equals(Ids.parseSpan(other));
    }

    private @Nullable String givenSegmentId() throws JsonException {
        String given = firstText(attributes.segmentId, text(segmentId));
        return given == null || given.isBlank() ? null : given;
    }

    private void setWhat(Span span) throws JsonException {
        span.setEventId(text(eventId));
        span.setOrganizationId(Math.max(integer(organizationId), 0));
        span.setWasTransaction(attributes.wasTransaction);
        span.setName(firstText(
                firstText(text(name), attributes.segmentName),
                firstText(attributes.transaction, attributes.description)));
        span.setOp(attributes.op);
        span.setKind(attributes.kind);
        span.setOrigin(attributes.origin);
        span.setSdk(attributes.sdk);
        span.setStatus(EventTags.firstOf(attributes.statusMessage, text(status)));
        span.setPlatform(EventTags.firstOf(attributes.platform, SdkPlatform.of(attributes.sdk, attributes.kind)));
        span.setRelease(attributes.release);
        span.setEnvironment(attributes.environment);
    }

    private void setWhen(Span span) throws JsonException {
        span.setStartTimestampMs(millis(startTimestamp));
        span.setTimestampMs(millis(endTimestamp));
        span.setReceivedMs(millis(received));
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

    private @Nullable String text(int place) throws JsonException {
        return place == MISSING ? null : cursor.at(place).string();
    }

    private long integer(int place) throws JsonException {
        return place == MISSING ? 0 : cursor.at(place).integer(0);
    }

    private @Nullable Long millis(int place) throws JsonException {
        long millis = place == MISSING ? EpochMillis.UNKNOWN : cursor.at(place).epochSecondsOrMillis();
        return millis == EpochMillis.UNKNOWN ? null : millis;
    }
}
