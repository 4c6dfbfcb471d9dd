package io.replaylinker.benchmarks.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replaylinker.benchmarks.CaptureMessages;
import io.replaylinker.schemas.ReplaySegment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Replay messages as real SDKs sent them: every other one with its payload as a list of byte values, as older producers write it. */
final class SegmentMessages {

    private static final List<String> NUMBERS =
            List.of("start_time", "project_id", "retention_days", "segment_id", "timestamp", "replay_start_timestamp");

    private final ObjectMapper mapper = new ObjectMapper();
    private final MessageTemplate outer;
    private final MessageTemplate olderOuter;
    private final MessageTemplate inner;

    SegmentMessages() {
        List<byte[]> captured = CaptureMessages.values("ingest-replay-events"::equals);
        ObjectNode asObject = read(captured.get(0));
        ObjectNode asBytes = read(captured.get(1));
        JsonNode payload = asObject.get("payload");
        MessageTemplate.makeHoles(payload, List.of("release", "environment"), NUMBERS);
        ((ObjectNode) payload).put("trace_ids", MessageTemplate.rawHole("trace_ids"));
        String replay = payload.get("replay_id").asText();
        inner = new MessageTemplate(payload.toString().replace(replay, MessageTemplate.hole("replay_id")));
        outer = outer(asObject);
        olderOuter = outer(asBytes);
    }

    private ObjectNode read(byte[] message) {
        try {
            return (ObjectNode) mapper.readTree(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageTemplate outer(ObjectNode message) {
        MessageTemplate.makeHoles(message, List.of("replay_id"), NUMBERS);
        message.put("payload", MessageTemplate.rawHole("payload"));
        return new MessageTemplate(message.toString());
    }

    byte[] write(ReplaySegment segment) {
        int number = Objects.requireNonNull(segment.getSegmentId());
        byte[] payload = inner.fill(Map.of(
                "release", Objects.requireNonNull(segment.getRelease()),
                "environment", Objects.requireNonNull(segment.getEnvironment()),
                "replay_id", segment.getReplayId(),
                "segment_id", Integer.toString(number),
                "timestamp", JsonMessages.seconds(segment.getTimestampMs()),
                "replay_start_timestamp", JsonMessages.seconds(segment.getReplayStartMs()),
                "trace_ids", traces(segment.getTraceIds())));
        boolean older = number % 2 == 1;
        return (older ? olderOuter : outer)
                .fill(Map.of(
                        "start_time", JsonMessages.seconds(segment.getReceivedMs()),
                        "replay_id", segment.getReplayId(),
                        "project_id", Long.toString(segment.getProjectId()),
                        "retention_days", Integer.toString(segment.getRetentionDays()),
                        "payload", older ? listOfBytes(payload) : new String(payload, StandardCharsets.UTF_8)));
    }

    /** With dashes, as browsers send them. */
    private static String traces(List<String> ids) {
        return ids.stream()
                .map(id -> '"' + id.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5") + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String listOfBytes(byte[] payload) {
        StringBuilder list = new StringBuilder(payload.length * 4).append('[');
        for (byte value : payload) {
            list.append(value & 0xff).append(',');
        }
        list.setCharAt(list.length() - 1, ']');
        return list.toString();
    }
}
