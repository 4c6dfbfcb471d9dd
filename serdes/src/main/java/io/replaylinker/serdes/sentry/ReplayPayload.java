package io.replaylinker.serdes.sentry;

import io.replaylinker.schemas.ReplaySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inner object of a replay message. */
final class ReplayPayload {

    /** The limit for trace ids and for error ids: twice the number that an SDK puts into a segment. */
    static final int MAX_IDS = 200;

    /** The column in Sentry has 16 bits. */
    private static final int MAX_SEGMENT_ID = 65_535;

    private static final int NO_SEGMENT_ID = -1;

    @Nullable String type;

    @Nullable String replayId;

    long projectId;
    long retentionDays;
    private @Nullable String replayType;
    private @Nullable String platform;
    private @Nullable String release;
    private @Nullable String environment;
    private @Nullable Boolean archived;
    private long segmentId = NO_SEGMENT_ID;
    private long timestampMs = EpochMillis.UNKNOWN;
    private long startMs = EpochMillis.UNKNOWN;
    private List<String> traceIds = List.of();
    private List<String> errorIds = List.of();
    private UserContext user = UserContext.NONE;

    /** Returns null if the value is not an object. */
    static @Nullable ReplayPayload read(JsonCursor cursor) throws JsonException {
        if (!cursor.enterObject()) {
            return null;
        }
        ReplayPayload payload = new ReplayPayload();
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            payload.take(name, cursor);
        }
        return payload;
    }

    private void take(String name, JsonCursor value) throws JsonException {
        switch (name) {
            case "type" -> type = value.string();
            case "replay_id" -> replayId = value.string();
            case "project_id" -> projectId = value.integer(0);
            case "retention_days" -> retentionDays = value.integer(0);
            case "segment_id" -> segmentId = value.integer(NO_SEGMENT_ID);
            case "timestamp" -> timestampMs = value.epochMillis();
            case "replay_start_timestamp" -> startMs = value.epochMillis();
            case "replay_type" -> replayType = value.string();
            case "trace_ids" -> traceIds = readIds(value);
            case "error_ids" -> errorIds = readIds(value);
            case "user" -> user = UserContext.read(value);
            case "is_archived" -> archived = value.flag();
            case "platform" -> platform = value.string();
            case "release" -> release = value.text();
            case "environment" -> environment = value.text();
            default -> value.skip();
        }
    }

    private static List<String> readIds(JsonCursor cursor) throws JsonException {
        if (!cursor.enterArray()) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        while (cursor.nextElement()) {
            String id = cursor.string();
            if (id != null && ids.size() < MAX_IDS) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** The segment from the payload. The surrounding message sets the ids of replay and project, the receive time and the retention. */
    ReplaySegment toSegment() {
        ReplaySegment segment = new ReplaySegment();
        segment.setSegmentId(segmentId < 0 || segmentId > MAX_SEGMENT_ID ? null : (int) segmentId);
        segment.setTimestampMs(timestampMs == EpochMillis.UNKNOWN ? null : timestampMs);
        segment.setReplayStartMs(startMs == EpochMillis.UNKNOWN ? null : startMs);
        segment.setReplayType(replayType);
        segment.setTraceIds(traceIds);
        segment.setErrorIds(errorIds);
        segment.setUserId(user.id());
        segment.setUserAddress(user.address());
        segment.setIsArchived(Boolean.TRUE.equals(archived));
        segment.setPlatform(platform);
        segment.setRelease(release);
        segment.setEnvironment(environment);
        return segment;
    }
}
