package io.replaylinker.serdes.sentry;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.Ids;
import io.replaylinker.serdes.RejectionReason;
import org.jspecify.annotations.Nullable;

/** The third element of an insert: {@code data} and what Sentry adds to the event. */
final class PostProcessEvent {

    private static final String TRANSACTION = "transaction";

    private @Nullable String eventId;
    private @Nullable String platform;
    private @Nullable String datetime;
    private @Nullable String occurrenceKind;
    private long projectId;
    private long organizationId;
    private long groupId;
    private @Nullable String primaryHash;
    private @Nullable String message;
    private EventData data;
    private final boolean detailed;

    private PostProcessEvent(boolean detailed) {
        this.detailed = detailed;
        this.data = new EventData(detailed);
    }

    /** @param detailed as in {@link SentryEventDecoder#SentryEventDecoder(boolean)} */
    static PostProcessEvent read(JsonCursor cursor, boolean detailed) throws JsonException {
        PostProcessEvent event = new PostProcessEvent(detailed);
        if (cursor.enterObject()) {
            for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
                event.take(name, cursor);
            }
        }
        return event;
    }

    private void take(String name, JsonCursor value) throws JsonException {
        switch (name) {
            case "event_id" -> eventId = value.string();
            case "project_id" -> projectId = value.integer(0);
            case "organization_id" -> organizationId = value.integer(0);
            case "group_id" -> groupId = value.integer(0);
            case "platform" -> platform = value.string();
            case "datetime" -> datetime = value.string();
            case "data" -> data = EventData.read(value, detailed);
            case "primary_hash" -> primaryHash = value.string();
            case "message" -> message = value.string();
            case "occurrence_data" -> occurrenceKind = Occurrence.readKind(value);
            default -> value.skip();
        }
    }

    Decoded<BackendEvent> toDecoded() {
        if (eventId == null || Ids.parse(eventId) == null) {
            return Decoded.rejection(RejectionReason.NO_EVENT_ID, "event_id");
        }
        if (projectId <= 0) {
            return Decoded.rejection(RejectionReason.NO_PROJECT_ID, "project_id");
        }
        BackendEvent event = new BackendEvent();
        event.setEventId(eventId);
        event.setProjectId(projectId);
        event.setOrganizationId(Math.max(organizationId, 0));
        event.setGroupId(groupId > 0 ? groupId : null);
        setWhat(event);
        setSender(event);
        setWhen(event);
        setTrace(event);
        setReplay(event);
        setDetail(event);
        return Decoded.value(event);
    }

    private void setWhat(BackendEvent event) {
        EventTags tags = data.tags;
        event.setType(type());
        event.setOccurrence(occurrenceKind != null);
        event.setLevel(data.level);
        event.setPlatform(EventTags.firstOf(platform, data.platform));
        event.setTransaction(data.transaction);
        event.setRelease(EventTags.firstOf(data.release, tags == null ? null : tags.release()));
        event.setEnvironment(EventTags.firstOf(data.environment, tags == null ? null : tags.environment()));
    }

    private String type() {
        if (occurrenceKind != null) {
            return occurrenceKind;
        }
        return data.type == null ? "error" : data.type;
    }

    private void setSender(BackendEvent event) {
        event.setSdk(data.sdk);
        event.setOrigin(data.contexts.trace().origin);
        event.setUserId(data.user.id());
        event.setUserAddress(data.user.address());
    }

    private void setWhen(BackendEvent event) {
        long happened = data.timestampMs != EpochMillis.UNKNOWN ? data.timestampMs : data.receivedMs;
        if (happened == EpochMillis.UNKNOWN && datetime != null) {
            happened = EpochMillis.ofText(datetime);
        }
        event.setTimestampMs(happened);
        event.setStartTimestampMs(known(data.startTimestampMs));
        event.setReceivedMs(known(data.receivedMs));
    }

    private static @Nullable Long known(long epochMillis) {
        return epochMillis == EpochMillis.UNKNOWN ? null : epochMillis;
    }

    private void setTrace(BackendEvent event) {
        TraceContext trace = data.contexts.trace();
        event.setTraceId(trace.traceId);
        event.setSpanId(trace.spanId);
        event.setParentSpanId(trace.parentSpanId);
        event.setOp(trace.op);
        event.setStatus(trace.status);
        event.setClientSpanIds(data.spans.clientIds());
        event.setProfileId(data.contexts.profileId());
        if (data.headers != null) {
            event.setBaggage(data.headers.baggage());
            event.setSentryTrace(data.headers.sentryTrace());
            event.setTraceparent(data.headers.traceparent());
        }
    }

    private void setDetail(BackendEvent event) {
        if (!detailed) {
            return;
        }
        event.setPrimaryHash(primaryHash);
        if (event.getType().equals(TRANSACTION)) {
            event.setInnerSpans(data.spans.inner());
        } else {
            event.setError(data.error(message));
        }
    }

    private void setReplay(BackendEvent event) {
        TraceContext trace = data.contexts.trace();
        event.setReplayId(data.contexts.replayId());
        event.setFeedbackReplayId(data.contexts.feedbackReplayId());
        event.setAttributeReplayId(trace.replayId);
        event.setReplayIsBuffering(trace.replayIsBuffering);
        event.setDscReplayId(data.samplingReplayId);
        Boolean hasReplay = trace.hasReplay;
        if (data.tags != null) {
            event.setReplayTag(data.tags.replayTag());
            hasReplay = EventTags.either(data.tags.hasReplay(), hasReplay);
        }
        event.setHasReplay(hasReplay);
    }
}
