package io.replaylinker.serdes.avro;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.Ids;
import io.replaylinker.serdes.RejectionReason;
import org.jspecify.annotations.Nullable;

/** Checks what a schema cannot require: an id must have all its bits and not be nil, and a project id must be valid. */
final class RequiredValues {

    private RequiredValues() {}

    /** The reason for the first missing value, or null. */
    static @Nullable RejectionReason missing(Object value) {
        if (value instanceof BackendEvent event) {
            return missing(event.getEventId(), event.getProjectId(), RejectionReason.NO_EVENT_ID);
        }
        if (value instanceof ReplaySegment segment) {
            return missing(segment.getReplayId(), segment.getProjectId(), RejectionReason.NO_REPLAY_ID);
        }
        if (value instanceof Span span) {
            boolean hasTrace = Ids.parse(span.getTraceId()) != null;
            return hasTrace && Ids.parseSpan(span.getSpanId()) == null
                    ? RejectionReason.NO_SPAN_ID
                    : missing(span.getTraceId(), span.getProjectId(), RejectionReason.NO_TRACE_ID);
        }
        return null;
    }

    private static @Nullable RejectionReason missing(@Nullable String id, long projectId, RejectionReason noId) {
        if (Ids.parse(id) == null) {
            return noId;
        }
        return projectId > 0 ? null : RejectionReason.NO_PROJECT_ID;
    }
}
