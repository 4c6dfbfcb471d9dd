package io.replaylinker.benchmarks.workload;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sentry's own messages: about 10 KB an event, 1 to 4 KB a replay message. */
final class JsonMessages implements MessageWriter {

    private final EventTemplates templates = new EventTemplates();
    private final MessageTemplate error = templates.of("events", true);
    private final MessageTemplate errorWithoutReplay = templates.of("events", false);
    private final MessageTemplate transaction = templates.of("transactions", true);
    private final MessageTemplate transactionWithoutReplay = templates.of("transactions", false);
    private final SegmentMessages segments = new SegmentMessages();

    @Override
    public byte[] event(BackendEvent event) {
        boolean isError = event.getType().equals("error");
        MessageTemplate template = event.getReplayId() == null
                ? isError ? errorWithoutReplay : transactionWithoutReplay
                : isError ? error : transaction;
        return template.fill(values(event));
    }

    static Map<String, String> values(BackendEvent event) {
        Map<String, String> values = new HashMap<>();
        values.put("event_id", event.getEventId());
        values.put("organization_id", Long.toString(event.getOrganizationId()));
        values.put("project_id", Long.toString(event.getProjectId()));
        values.put("project", Long.toString(event.getProjectId()));
        values.put("group_id", String.valueOf(event.getGroupId()));
        values.put("datetime", Instant.ofEpochMilli(event.getTimestampMs()).toString());
        values.put("timestamp", seconds(event.getTimestampMs()));
        values.put("start_timestamp", seconds(event.getStartTimestampMs()));
        values.put("received", seconds(event.getReceivedMs()));
        values.put("platform", Objects.requireNonNull(event.getPlatform()));
        values.put("level", Objects.requireNonNullElse(event.getLevel(), "info"));
        values.put("transaction", Objects.requireNonNull(event.getTransaction()));
        values.put("release", Objects.requireNonNull(event.getRelease()));
        values.put("environment", Objects.requireNonNull(event.getEnvironment()));
        values.put("trace_id", Objects.requireNonNull(event.getTraceId()));
        values.put("span_id", Objects.requireNonNull(event.getSpanId()));
        values.put("parent_span_id", Objects.requireNonNull(event.getParentSpanId()));
        values.put("sdk", Objects.requireNonNull(event.getSdk()));
        values.put("origin", Objects.requireNonNullElse(event.getOrigin(), "manual"));
        values.put("op", Objects.requireNonNullElse(event.getOp(), "default"));
        values.put("status", Objects.requireNonNullElse(event.getStatus(), "ok"));
        values.put("replay_id", Objects.requireNonNullElse(event.getReplayId(), ""));
        return values;
    }

    @Override
    public byte[] segment(ReplaySegment segment) {
        return segments.write(segment);
    }

    static String seconds(@Nullable Long ms) {
        return ms == null ? "null" : "%d.%03d".formatted(ms / 1000, ms % 1000);
    }
}
