package io.replaylinker.serdes.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The decoders once more, slow and by a tree, for well-formed messages: an independent answer to compare with. */
final class ReferenceDecoder {

    private ReferenceDecoder() {}

    static BackendEvent event(JsonNode message) {
        JsonNode event = message.path(2);
        JsonNode data = event.path("data");
        BackendEvent expected = new BackendEvent();
        expected.setEventId(event.path("event_id").asText());
        expected.setProjectId(event.path("project_id").asLong());
        expected.setOrganizationId(event.path("organization_id").asLong());
        expected.setGroupId(
                event.hasNonNull("group_id") ? event.path("group_id").asLong() : null);
        expected.setType(data.path("type").asText("error"));
        expected.setPlatform(text(event, "/platform"));
        expected.setLevel(text(data, "/level"));
        expected.setTransaction(text(data, "/transaction"));
        expected.setRelease(text(data, "/release"));
        expected.setEnvironment(text(data, "/environment"));
        expected.setTimestampMs(millis(data.path("timestamp")));
        expected.setStartTimestampMs(data.has("start_timestamp") ? millis(data.path("start_timestamp")) : null);
        expected.setReceivedMs(data.has("received") ? millis(data.path("received")) : null);
        expected.setTraceId(text(data, "/contexts/trace/trace_id"));
        expected.setSpanId(text(data, "/contexts/trace/span_id"));
        expected.setParentSpanId(text(data, "/contexts/trace/parent_span_id"));
        expected.setOp(text(data, "/contexts/trace/op"));
        expected.setStatus(text(data, "/contexts/trace/status"));
        expected.setProfileId(text(data, "/contexts/profile/profile_id"));
        expected.setReplayId(text(data, "/contexts/replay/replay_id"));
        expected.setDscReplayId(text(data, "/_dsc/replay_id"));
        expected.setReplayTag(tag(data, "replayId", "replay_id", "replay.id", "sentry.replay_id"));
        expected.setAttributeReplayId(text(data, "/contexts/trace/data/sentry.replay_id"));
        expected.setReplayIsBuffering(data.at("/contexts/trace/data/sentry._internal.replay_is_buffering")
                .asBoolean());
        expected.setFeedbackReplayId(text(data, "/contexts/feedback/replay_id"));
        expected.setSdk(text(data, "/sdk/name"));
        expected.setOrigin(text(data, "/contexts/trace/origin"));
        expected.setUserId(text(data, "/user/id"));
        expected.setUserAddress(text(data, "/user/ip_address"));
        String flag = tag(data, "hasReplay", "has_replay");
        expected.setHasReplay(flag == null ? null : Boolean.valueOf(flag));
        expected.setClientSpanIds(clientSpans(data.path("spans")));
        expected.setBaggage(header(data, "baggage"));
        expected.setSentryTrace(header(data, "sentry-trace"));
        expected.setTraceparent(header(data, "traceparent"));
        return expected;
    }

    static ReplaySegment segment(JsonNode message) throws IOException {
        JsonNode payload = payload(message.path("payload"));
        ReplaySegment expected = new ReplaySegment();
        expected.setReplayId(message.path("replay_id").asText());
        expected.setProjectId(message.path("project_id").asLong());
        expected.setRetentionDays(message.path("retention_days").asInt());
        expected.setReceivedMs(millis(message.path("start_time")));
        expected.setSegmentId(
                payload.hasNonNull("segment_id") ? payload.path("segment_id").asInt() : null);
        expected.setTimestampMs(millis(payload.path("timestamp")));
        expected.setReplayStartMs(
                payload.has("replay_start_timestamp") ? millis(payload.path("replay_start_timestamp")) : null);
        expected.setReplayType(text(payload, "/replay_type"));
        expected.setTraceIds(texts(payload.path("trace_ids")));
        expected.setErrorIds(texts(payload.path("error_ids")));
        expected.setUserId(text(payload, "/user/id"));
        expected.setUserAddress(text(payload, "/user/ip_address"));
        expected.setIsArchived(payload.path("is_archived").asBoolean(false));
        expected.setPlatform(text(payload, "/platform"));
        expected.setRelease(text(payload, "/release"));
        expected.setEnvironment(text(payload, "/environment"));
        return expected;
    }

    /** Null for an inner span that calls no other service. */
    static @Nullable Span span(JsonNode message) {
        boolean isSegment = message.path("is_segment").asBoolean();
        String kind = attribute(message, "sentry.kind");
        String op = attribute(message, "sentry.op");
        if (!isSegment && !"client".equals(kind) && (op == null || !op.startsWith("http.client"))) {
            return null;
        }
        Span expected = new Span();
        expected.setIsSegment(isSegment);
        expected.setOrganizationId(message.path("organization_id").asLong());
        expected.setProjectId(message.path("project_id").asLong());
        expected.setTraceId(message.path("trace_id").asText());
        expected.setSpanId(message.path("span_id").asText());
        expected.setParentSpanId(text(message, "/parent_span_id"));
        String segmentId = attribute(message, "sentry.segment.id");
        expected.setSegmentId(segmentId == null ? text(message, "/span_id") : segmentId);
        expected.setName(text(message, "/name"));
        expected.setOp(op);
        expected.setKind(kind);
        expected.setOrigin(attribute(message, "sentry.origin"));
        String sdk = attribute(message, "sentry.sdk.name");
        expected.setSdk(sdk);
        expected.setPlatform(sdk == null ? null : sdk.endsWith("browser") ? "javascript" : "node");
        String statusMessage = attribute(message, "sentry.status.message");
        expected.setStatus(statusMessage == null ? text(message, "/status") : statusMessage);
        expected.setStartTimestampMs(millis(message.path("start_timestamp")));
        expected.setTimestampMs(millis(message.path("end_timestamp")));
        expected.setReceivedMs(millis(message.path("received")));
        expected.setRelease(attribute(message, "sentry.release"));
        expected.setEnvironment(attribute(message, "sentry.environment"));
        expected.setReplayId(attribute(message, "sentry.replay_id"));
        expected.setReplayIsBuffering("true".equals(attribute(message, "sentry._internal.replay_is_buffering")));
        expected.setBaggage(attributeList(message, "http.request.header.baggage"));
        expected.setSentryTrace(attributeList(message, "http.request.header.sentry-trace"));
        expected.setTraceparent(attributeList(message, "http.request.header.traceparent"));
        expected.setUserId(attribute(message, "user.id"));
        expected.setUserAddress(attribute(message, "user.ip_address"));
        return expected;
    }

    private static @Nullable String attribute(JsonNode span, String name) {
        JsonNode value = span.path("attributes").path(name).path("value");
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    private static @Nullable String attributeList(JsonNode span, String name) {
        JsonNode values = span.path("attributes").path(name).path("value");
        return values.isArray() ? String.join(",", texts(values)) : null;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static JsonNode payload(JsonNode payload) throws IOException {
        if (payload.isObject()) {
            return payload;
        }
        byte[] bytes = new byte[payload.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) payload.get(i).asInt();
        }
        return new ObjectMapper().readTree(bytes);
    }

    private static @Nullable String text(JsonNode node, String pointer) {
        JsonNode value = node.at(pointer);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    private static long millis(JsonNode seconds) {
        return new BigDecimal(seconds.asText())
                .movePointRight(3)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static @Nullable String tag(JsonNode data, String... keys) {
        return Stream.of(keys)
                .flatMap(key -> pairs(data.path("tags"))
                        .filter(pair -> pair.path(0).asText().equals(key)))
                .map(pair -> pair.path(1).asText())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String header(JsonNode data, String name) {
        JsonNode headers = data.at("/request/headers");
        Stream<String> values = headers.isObject()
                ? headers.properties().stream()
                        .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(name))
                        .map(entry -> entry.getValue().asText())
                : pairs(headers)
                        .filter(pair ->
                                pair.path(0).asText().toLowerCase(Locale.ROOT).equals(name))
                        .map(pair -> pair.path(1).asText());
        return values.reduce((first, second) -> first + "," + second).orElse(null);
    }

    private static Stream<JsonNode> pairs(JsonNode list) {
        return list.valueStream();
    }

    private static List<String> clientSpans(JsonNode spans) {
        return spans.valueStream()
                .filter(span -> span.path("op").asText().startsWith("http.client"))
                .map(span -> span.path("span_id").asText())
                .limit(64)
                .toList();
    }
}
