package io.replaylinker.topology.join;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads records for the oracle, in the few forms that stories have. */
final class Facts {

    private static final long SKEW_MS = 10_000;
    private static final long LONGEST_REPLAY_MS = Duration.ofHours(24).toMillis();
    private static final String NO_EVENT_ID = "0".repeat(16);
    private static final int HEX_OF_TRACE = 32;
    private static final int HEX_OF_SPAN = 16;

    private Facts() {}

    static Fact of(Arrival arrival) {
        if (arrival.record() instanceof BackendEvent event) {
            return event(arrival, event);
        } else if (arrival.record() instanceof Span span) {
            return span.getIsSegment() ? event(arrival, asEvent(span)) : edge(arrival, span);
        } else if (arrival.record() instanceof ReplaySegment segment) {
            return segment(arrival, segment);
        }
        Arrival.Deletion deletion = (Arrival.Deletion) arrival.record();
        return new Fact.Deletion(arrival, deletion.project() + "/" + deletion.event());
    }

    private static BackendEvent asEvent(Span span) {
        BackendEvent event = new BackendEvent();
        event.setEventId(span.getSpanId() + NO_EVENT_ID);
        event.setType("span");
        event.setProjectId(span.getProjectId());
        event.setOrganizationId(span.getOrganizationId());
        event.setTraceId(span.getTraceId());
        event.setSpanId(span.getSpanId());
        event.setParentSpanId(span.getParentSpanId());
        event.setClientSpanIds(List.of());
        event.setAttributeReplayId(span.getReplayId());
        event.setReplayIsBuffering(span.getReplayIsBuffering());
        event.setSentryTrace(span.getSentryTrace());
        event.setBaggage(span.getBaggage());
        event.setOp(span.getOp());
        event.setPlatform(span.getPlatform());
        event.setUserId(span.getUserId());
        event.setUserAddress(span.getUserAddress());
        event.setStartTimestampMs(span.getStartTimestampMs());
        event.setTimestampMs(span.getTimestampMs());
        event.setReceivedMs(span.getReceivedMs());
        return event;
    }

    private static Fact event(Arrival arrival, BackendEvent event) {
        long received = received(event.getReceivedMs(), arrival.recordMs());
        long moment = notAfter(received, event.getTimestampMs());
        Long start = event.getStartTimestampMs();
        boolean lasted = start != null && start > 0 && start <= event.getTimestampMs();
        String header =
                event.getSentryTrace() == null ? null : event.getSentryTrace().substring(0, HEX_OF_TRACE);
        String caller = event.getSentryTrace() == null
                ? null
                : event.getSentryTrace().substring(HEX_OF_TRACE + 1, HEX_OF_TRACE + 1 + HEX_OF_SPAN);
        String ofBaggage = baggage(event.getBaggage(), "sentry-trace_id");
        if (header == null) {
            header = ofBaggage;
        }
        String own = Stream.of(event.getReplayId(), event.getAttributeReplayId())
                .filter(id -> id != null)
                .findFirst()
                .orElse(null);
        String named = own == null ? baggage(event.getBaggage(), "sentry-replay_id") : own;
        String taught = own != null
                ? (header != null ? header : event.getTraceId())
                : ofBaggage != null ? ofBaggage : event.getSentryTrace() == null ? null : header;
        boolean call = !event.getType().equals("error");
        boolean page = "pageload".equals(event.getOp());
        boolean isRequest =
                event.getSentryTrace() != null || event.getBaggage() != null || "http.server".equals(event.getOp());
        boolean client = event.getAttributeReplayId() != null
                || page
                || (!isRequest && "javascript".equals(event.getPlatform()));
        return new Fact.Event(
                arrival,
                event.getEventId(),
                event.getProjectId(),
                event.getOrganizationId(),
                named,
                taught,
                event.getTraceId(),
                header,
                caller,
                event.getSpanId(),
                event.getParentSpanId(),
                event.getClientSpanIds(),
                call,
                client,
                call && page,
                Boolean.TRUE.equals(event.getHasReplay()),
                !call && !"python".equals(event.getPlatform()),
                event.getReplayIsBuffering(),
                name(event.getUserId()),
                name(event.getUserAddress()),
                lasted ? moment - (event.getTimestampMs() - start) : moment,
                moment,
                received);
    }

    private static Fact edge(Arrival arrival, Span span) {
        long moment = notAfter(arrival.recordMs(), span.getTimestampMs());
        return new Fact.Edge(
                arrival,
                span.getProjectId(),
                span.getOrganizationId(),
                span.getTraceId(),
                span.getSpanId(),
                String.valueOf(
                        span.getSegmentId() == null || span.getSegmentId().equals(span.getSpanId())
                                ? span.getParentSpanId()
                                : span.getSegmentId()),
                span.getReplayId(),
                span.getReplayId() != null || "javascript".equals(span.getPlatform()),
                span.getReplayIsBuffering(),
                name(span.getUserId()),
                name(span.getUserAddress()),
                moment,
                moment);
    }

    /** A device whose clock is ahead is set back by as much. */
    private static Fact segment(Arrival arrival, ReplaySegment segment) {
        long seen = received(segment.getReceivedMs(), arrival.recordMs());
        long end = segment.getTimestampMs();
        Long reportedMs = segment.getReplayStartMs();
        long start = reportedMs == null || reportedMs <= 0 ? end : Math.min(reportedMs, Math.max(end, seen));
        long ahead = Math.max(0, Math.max(start, end) - seen);
        return new Fact.Segment(
                arrival,
                segment.getReplayId(),
                segment.getProjectId(),
                segment.getSegmentId() == null ? Integer.MAX_VALUE : segment.getSegmentId(),
                segment.getIsArchived(),
                "buffer".equals(segment.getReplayType()),
                segment.getIsArchived() ? Set.of() : Set.copyOf(segment.getTraceIds()),
                segment.getIsArchived() ? Set.of() : Set.copyOf(segment.getErrorIds()),
                name(segment.getUserId()),
                name(segment.getUserAddress()),
                Math.min(end - ahead, Math.max(start - ahead, Math.min(end - ahead, seen) - LONGEST_REPLAY_MS)),
                end - ahead,
                seen);
    }

    private static @Nullable String baggage(@Nullable String baggage, String key) {
        return baggage == null
                ? null
                : Stream.of(baggage.split(","))
                        .filter(pair -> pair.startsWith(key + "="))
                        .map(pair -> pair.substring(key.length() + 1))
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable String name(@Nullable String name) {
        return name == null || name.isBlank() ? null : name.strip();
    }

    /** The server's word, but not if it is none, and not far after the record was written. */
    private static long received(@Nullable Long receivedMs, long recordMs) {
        return receivedMs == null || receivedMs <= 0 ? recordMs : Math.min(receivedMs, recordMs + SKEW_MS);
    }

    /** A client's word, but nothing happens after it was received. */
    private static long notAfter(long receivedMs, @Nullable Long reportedMs) {
        return reportedMs == null || reportedMs <= 0 ? receivedMs : Math.min(reportedMs, receivedMs);
    }
}
