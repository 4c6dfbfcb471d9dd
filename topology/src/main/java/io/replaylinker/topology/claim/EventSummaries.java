package io.replaylinker.topology.claim;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.serdes.Ids;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reduces a backend event to the few fields that a link contains. */
final class EventSummaries {

    private EventSummaries() {}

    static EventSummary of(BackendEvent event, Id eventId, @Nullable Id traceId, long recordMs) {
        long received = EventTime.received(event.getReceivedMs(), recordMs);
        EventSummary summary = new EventSummary();
        summary.setEventId(eventId);
        summary.setOrganizationId(event.getOrganizationId());
        summary.setProjectId(event.getProjectId());
        summary.setType(event.getType());
        summary.setLevel(event.getLevel() == null ? "" : event.getLevel());
        summary.setTraceId(traceId);
        summary.setSpanId(Ids.parseSpan(event.getSpanId()));
        summary.setParentSpanId(Ids.parseSpan(event.getParentSpanId()));
        summary.setClientSpanIds(spans(event.getClientSpanIds()));
        summary.setProfileId(Ids.parse(event.getProfileId()));
        summary.setTimestampMs(EventTime.happened(event.getTimestampMs(), received));
        summary.setReceivedMs(received);
        summary.setDurationMs(duration(event));
        summary.setGroupId(event.getGroupId());
        summary.setPlatform(event.getPlatform());
        summary.setTransaction(event.getTransaction());
        summary.setOp(event.getOp());
        summary.setStatus(event.getStatus());
        summary.setRelease(event.getRelease());
        summary.setEnvironment(event.getEnvironment());
        summary.setOccurrence(event.getOccurrence());
        return summary;
    }

    private static List<SpanId> spans(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        List<SpanId> spans = new ArrayList<>(texts.size());
        for (String text : texts) {
            SpanId span = Ids.parseSpan(text);
            if (span != null) {
                spans.add(span);
            }
        }
        return spans;
    }

    private static @Nullable Long duration(BackendEvent event) {
        Long start = event.getStartTimestampMs();
        return start == null || start <= 0 || start > event.getTimestampMs() ? null : event.getTimestampMs() - start;
    }
}
