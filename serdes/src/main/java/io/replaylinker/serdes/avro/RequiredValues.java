package io.replaylinker.serdes.avro;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.Ids;
import io.replaylinker.serdes.RejectionReason;
import org.jspecify.annotations.Nullable;

/** What a schema cannot say: an id must be 128 bits and not nil, a project must be one. */
final class RequiredValues {

    private RequiredValues() {}

    /** The first thing that is missing, or null. */
    static @Nullable RejectionReason missing(Object value) {
        if (value instanceof BackendEvent event) {
            return missing(event.getEventId(), event.getProjectId(), RejectionReason.NO_EVENT_ID);
        }
        if (value instanceof ReplaySegment segment) {
            return missing(segment.getReplayId(), segment.getProjectId(), RejectionReason.NO_REPLAY_ID);
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
