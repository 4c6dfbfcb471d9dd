package io.replaylinker.serdes.sentry;

import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.Ids;
import io.replaylinker.serdes.RejectionReason;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outer object of a replay message, written by the server, with the payload, written by the SDK. */
final class ReplayMessage {

    private static final Set<String> CONTROL_TYPES =
            Set.of("event_link", "replay_actions", "replay_tap", "replay_viewed");
    private static final int DEFAULT_RETENTION_DAYS = 90;

    private @Nullable String replayId;
    private @Nullable ReplayPayload payload;
    private long projectId;
    private long retentionDays;
    private long receivedMs = EpochMillis.UNKNOWN;

    private ReplayMessage() {}

    static ReplayMessage read(JsonCursor cursor) throws JsonException {
        ReplayMessage message = new ReplayMessage();
        if (cursor.enterObject()) {
            for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
                message.take(name, cursor);
            }
        }
        return message;
    }

    private void take(String name, JsonCursor value) throws JsonException {
        switch (name) {
            case "replay_id" -> replayId = value.string();
            case "project_id" -> projectId = value.integer(0);
            case "retention_days" -> retentionDays = value.integer(0);
            case "start_time" -> receivedMs = value.epochMillis();
            case "payload" -> payload = value.isArray() ? PayloadBytes.read(value) : ReplayPayload.read(value);
            default -> value.skip();
        }
    }

    Decoded<ReplaySegment> toDecoded() {
        if (payload == null || payload.type == null) {
            return Decoded.rejection(RejectionReason.BAD_PAYLOAD, payload == null ? "payload" : "payload.type");
        }
        if (!payload.type.equals("replay_event")) {
            return Decoded.control(CONTROL_TYPES.contains(payload.type) ? payload.type : "other");
        }
        String id = Ids.parse(replayId) != null ? replayId : payload.replayId;
        if (id == null || Ids.parse(id) == null) {
            return Decoded.rejection(RejectionReason.NO_REPLAY_ID, "replay_id");
        }
        long project = projectId > 0 ? projectId : payload.projectId;
        if (project <= 0) {
            return Decoded.rejection(RejectionReason.NO_PROJECT_ID, "project_id");
        }
        ReplaySegment segment = payload.toSegment();
        segment.setReplayId(id);
        segment.setProjectId(project);
        segment.setReceivedMs(receivedMs == EpochMillis.UNKNOWN ? null : receivedMs);
        segment.setRetentionDays(firstDays(retentionDays, payload.retentionDays));
        return Decoded.value(segment);
    }

    private static int firstDays(long outer, long inner) {
        long days = isDays(outer) ? outer : inner;
        return isDays(days) ? (int) days : DEFAULT_RETENTION_DAYS;
    }

    /** No retention is longer than a century. */
    private static boolean isDays(long days) {
        return days > 0 && days <= 36_525;
    }
}
