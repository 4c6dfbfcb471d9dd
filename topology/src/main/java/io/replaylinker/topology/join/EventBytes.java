package io.replaylinker.topology.join;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import org.jspecify.annotations.Nullable;

/** Binary form of the event inside the bytes of a claim; see {@link ClaimBytes}. */
final class EventBytes {

    private static final int TRACE = 1;
    private static final int SPAN = 1 << 1;
    private static final int PARENT_SPAN = 1 << 2;
    private static final int PROFILE = 1 << 3;
    private static final int DURATION = 1 << 4;
    private static final int GROUP = 1 << 5;
    private static final int PLATFORM = 1 << 6;
    private static final int TRANSACTION = 1 << 7;
    private static final int OP = 1 << 8;
    private static final int STATUS = 1 << 9;
    private static final int RELEASE = 1 << 10;
    private static final int ENVIRONMENT = 1 << 11;
    private static final int OCCURRENCE = 1 << 12;
    private static final int TRACE_OF_KEY = 1 << 13;

    private EventBytes() {}

    /**
     * Writes an event.
     *
     * @param group what the key of its row begins with, which need not be repeated, nor need the event's id; null
     *     outside of rows
     */
    static void put(FieldWriter out, EventSummary event, @Nullable Id group) {
        boolean traceOfKey = group != null && group.equals(event.getTraceId());
        out.bits16(flags(event) | (traceOfKey ? TRACE_OF_KEY : 0));
        if (group == null) {
            out.id(event.getEventId());
        }
        out.number(event.getOrganizationId());
        out.number(event.getProjectId());
        out.known(event.getType());
        out.known(event.getLevel());
        out.anyId(traceOfKey ? null : event.getTraceId());
        out.anySpan(event.getSpanId());
        out.anySpan(event.getParentSpanId());
        out.spans(event.getClientSpanIds());
        out.anyId(event.getProfileId());
        out.number(event.getTimestampMs());
        // An event is received soon after it happened.
        out.number(event.getReceivedMs() - event.getTimestampMs());
        out.anyNumber(event.getDurationMs());
        out.anyNumber(event.getGroupId());
        out.anyKnown(event.getPlatform());
        out.anyText(event.getTransaction());
        out.anyKnown(event.getOp());
        out.anyKnown(event.getStatus());
        out.anyText(event.getRelease());
        out.anyKnown(event.getEnvironment());
    }

    private static int flags(EventSummary event) {
        return (event.getTraceId() == null ? 0 : TRACE)
                | (event.getSpanId() == null ? 0 : SPAN)
                | (event.getParentSpanId() == null ? 0 : PARENT_SPAN)
                | (event.getProfileId() == null ? 0 : PROFILE)
                | (event.getDurationMs() == null ? 0 : DURATION)
                | (event.getGroupId() == null ? 0 : GROUP)
                | (event.getPlatform() == null ? 0 : PLATFORM)
                | (event.getTransaction() == null ? 0 : TRANSACTION)
                | (event.getOp() == null ? 0 : OP)
                | (event.getStatus() == null ? 0 : STATUS)
                | (event.getRelease() == null ? 0 : RELEASE)
                | (event.getEnvironment() == null ? 0 : ENVIRONMENT)
                | (event.getOccurrence() ? OCCURRENCE : 0);
    }

    /**
     * Reads an event.
     *
     * @param key of its row; null outside of rows
     */
    static EventSummary read(FieldReader in, byte @Nullable [] key) {
        int flags = in.bits16();
        EventSummary event = new EventSummary();
        event.setEventId(key == null ? in.id() : Keys.event(key));
        event.setOrganizationId(in.number());
        event.setProjectId(in.number());
        event.setType(in.known());
        event.setLevel(in.known());
        event.setTraceId((flags & TRACE) == 0 ? null : in.id((flags & TRACE_OF_KEY) == 0 ? null : key));
        event.setSpanId((flags & SPAN) == 0 ? null : in.span());
        event.setParentSpanId((flags & PARENT_SPAN) == 0 ? null : in.span());
        event.setClientSpanIds(in.list(FieldReader::span));
        event.setProfileId((flags & PROFILE) == 0 ? null : in.id());
        long timestampMs = in.number();
        event.setTimestampMs(timestampMs);
        event.setReceivedMs(timestampMs + in.number());
        event.setDurationMs((flags & DURATION) == 0 ? null : Long.valueOf(in.number()));
        event.setGroupId((flags & GROUP) == 0 ? null : Long.valueOf(in.number()));
        event.setPlatform((flags & PLATFORM) == 0 ? null : in.known());
        event.setTransaction((flags & TRANSACTION) == 0 ? null : in.text());
        event.setOp((flags & OP) == 0 ? null : in.known());
        event.setStatus((flags & STATUS) == 0 ? null : in.known());
        event.setRelease((flags & RELEASE) == 0 ? null : in.text());
        event.setEnvironment((flags & ENVIRONMENT) == 0 ? null : in.known());
        event.setOccurrence((flags & OCCURRENCE) != 0);
        return event;
    }
}
