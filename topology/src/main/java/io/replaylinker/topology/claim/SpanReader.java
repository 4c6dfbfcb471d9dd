package io.replaylinker.topology.claim;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.serdes.Ids;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the span stream. A segment is a call like a transaction. A client or producer span inside a segment is an edge:
 * other services name it as their parent. Segments of classic transactions are those transactions, under their event
 * ids.
 */
public final class SpanReader {

    private static final String NO_EVENT_ID = "0".repeat(16);

    private final UserHashes users;

    public SpanReader(UserHashes users) {
        this.users = users;
    }

    /**
     * The segment as an event; null when it has no usable span id. A streamed span's event id is its span id and
     * sixteen zeros.
     */
    public static @Nullable BackendEvent segment(Span span) {
        SpanId id = Ids.parseSpan(span.getSpanId());
        if (id == null) {
            return null;
        }
        boolean classic = span.getWasTransaction() && Ids.parse(span.getEventId()) != null;
        BackendEvent event = new BackendEvent();
        event.setEventId(classic ? span.getEventId() : Ids.hex(id) + NO_EVENT_ID);
        event.setType(classic ? "transaction" : "span");
        event.setOrganizationId(span.getOrganizationId());
        event.setProjectId(span.getProjectId());
        event.setTimestampMs(span.getTimestampMs() == null ? 0 : span.getTimestampMs());
        event.setStartTimestampMs(span.getStartTimestampMs());
        event.setReceivedMs(span.getReceivedMs());
        event.setClientSpanIds(List.of());
        setSpan(event, span);
        return event;
    }

    private static void setSpan(BackendEvent event, Span span) {
        event.setTransaction(span.getName());
        event.setOp(span.getOp());
        event.setStatus(span.getStatus());
        event.setPlatform(span.getPlatform());
        event.setRelease(span.getRelease());
        event.setEnvironment(span.getEnvironment());
        event.setSdk(span.getSdk());
        event.setOrigin(span.getOrigin());
        event.setProfileId(span.getProfileId());
        event.setTraceId(span.getTraceId());
        event.setSpanId(span.getSpanId());
        event.setParentSpanId(span.getParentSpanId());
        event.setAttributeReplayId(span.getReplayId());
        event.setReplayIsBuffering(span.getReplayIsBuffering());
        event.setBaggage(span.getBaggage());
        event.setSentryTrace(span.getSentryTrace());
        event.setTraceparent(span.getTraceparent());
        event.setUserId(span.getUserId());
        event.setUserAddress(span.getUserAddress());
    }

    /**
     * An inner span as an edge from it to its segment, or to its parent where the segment is not named.
     *
     * @param recordMs timestamp of the Kafka record, epoch milliseconds
     * @return null when trace, span or the one above have no usable id
     */
    public @Nullable TraceObservation edge(Span span, long recordMs) {
        Id trace = Ids.parse(span.getTraceId());
        SpanId id = Ids.parseSpan(span.getSpanId());
        SpanId segment = Ids.parseSpan(span.getSegmentId());
        SpanId above = segment == null || segment.equals(id) ? Ids.parseSpan(span.getParentSpanId()) : segment;
        if (trace == null || id == null || above == null) {
            return null;
        }
        long seen = EventTime.received(span.getReceivedMs(), recordMs);
        long ended = EventTime.happened(span.getTimestampMs(), seen);
        TraceObservation edge = new TraceObservation();
        edge.setTraceId(trace);
        edge.setSpanId(id);
        edge.setParentSpanId(above);
        edge.setOrganizationId(span.getOrganizationId());
        edge.setProjectId(span.getProjectId());
        edge.setSeenMs(seen);
        edge.setStartedMs(Math.min(EventTime.happened(span.getStartTimestampMs(), seen), ended));
        edge.setEndedMs(ended);
        edge.setReplayId(Ids.parse(span.getReplayId()));
        edge.setTeaches(edge.getReplayId() != null);
        edge.setBuffering(span.getReplayIsBuffering());
        edge.setClient(Senders.isClient(span));
        edge.setUser(users.user(span.getUserId()));
        edge.setAddress(users.address(span.getUserAddress()));
        return edge;
    }
}
