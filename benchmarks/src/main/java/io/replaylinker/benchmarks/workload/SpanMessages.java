package io.replaylinker.benchmarks.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replaylinker.benchmarks.CaptureMessages;
import io.replaylinker.benchmarks.workload.SeededHash.Use;
import io.replaylinker.schemas.BackendEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call as the spans that SDK 11 sends of it, each as large as it really is: inner spans (handlers and middleware), two calls of other services, and
 * last the segment, whose request headers carry trace, caller and replay.
 */
final class SpanMessages {

    private static final int CALLS = 2;
    private static final Pattern REPLAY = Pattern.compile(",sentry-replay_id=(\\w{32})");
    private static final List<String> NUMBERS =
            List.of("organization_id", "project_id", "received", "start_timestamp", "end_timestamp");

    private final SeededHash hash;
    private final int spans;
    private final MessageTemplate segment;
    private final MessageTemplate segmentWithoutReplay;
    private final MessageTemplate call;
    private final List<MessageTemplate> inner;

    /**
     * Reads the templates.
     *
     * @param spans of each call, {@link SourceTopics#FEWEST_SPANS} and more
     */
    SpanMessages(SeededHash hash, int spans) {
        this.hash = hash;
        this.spans = spans;
        List<ObjectNode> captured = CaptureMessages.ofSdk11("ingest-spans"::equals).stream()
                .map(SpanMessages::parse)
                .toList();
        ObjectNode server = first(
                captured,
                span -> isSegment(span)
                        && attribute(span, "sentry.kind").equals("server")
                        && REPLAY.matcher(span.toString()).find());
        List<ObjectNode> inside = captured.stream()
                .filter(span -> !isSegment(span) && span.get("project_id").equals(server.get("project_id")))
                .toList();
        call = new MessageTemplate(text(first(inside, SpanMessages::isCall)));
        inner = inside.stream()
                .filter(span -> !isCall(span))
                .map(span -> new MessageTemplate(text(span)))
                .toList();
        server.put("name", MessageTemplate.hole("transaction"));
        server.put("status", MessageTemplate.hole("result"));
        set(server, "sentry.status.message", "status");
        Matcher replay = REPLAY.matcher(text(server));
        segmentWithoutReplay = new MessageTemplate(replay.replaceAll(""));
        segment = new MessageTemplate(
                replay.replaceAll(Matcher.quoteReplacement(",sentry-replay_id=" + MessageTemplate.hole("replay_id"))));
    }

    private static ObjectNode parse(byte[] message) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode first(List<ObjectNode> spans, Predicate<ObjectNode> wanted) {
        return spans.stream().filter(wanted).findFirst().orElseThrow();
    }

    private static boolean isSegment(JsonNode span) {
        return span.get("is_segment").asBoolean();
    }

    private static boolean isCall(JsonNode span) {
        return attribute(span, "sentry.kind").equals("client");
    }

    private static String attribute(JsonNode span, String name) {
        return span.path("attributes").path(name).path("value").asText();
    }

    private static void set(ObjectNode span, String attribute, String hole) {
        ((ObjectNode) span.get("attributes").get(attribute)).put("value", MessageTemplate.hole(hole));
    }

    /** Ids stand in attributes and headers too, so they are replaced in the text. */
    private static String text(ObjectNode span) {
        String trace = span.get("trace_id").asText();
        String id = span.get("span_id").asText();
        String parent = span.get("parent_span_id").asText();
        String segmentId = attribute(span, "sentry.segment.id");
        MessageTemplate.makeHoles(span, List.of(), NUMBERS);
        set(span, "sentry.segment.name", "transaction");
        set(span, "sentry.release", "release");
        set(span, "sentry.environment", "environment");
        return span.toString()
                .replace(trace, MessageTemplate.hole("trace_id"))
                .replace(segmentId, MessageTemplate.hole("segment_id"))
                .replace(id, MessageTemplate.hole("span_id"))
                .replace(parent, MessageTemplate.hole("parent_span_id"));
    }

    /** The spans of a call, in the order in which an SDK sends them. */
    List<byte[]> write(Occurrence at, BackendEvent event) {
        Map<String, String> values = values(event);
        List<byte[]> messages = new ArrayList<>(spans);
        for (int i = 0; i < spans - 1; i++) {
            boolean calls = i >= spans - 1 - CALLS;
            messages.add(inside(calls ? call : inner.get(i % inner.size()), values, spanId(at, i), event, i));
        }
        messages.add((event.getReplayId() == null ? segmentWithoutReplay : segment).fill(values));
        return messages;
    }

    private static Map<String, String> values(BackendEvent event) {
        Map<String, String> values = new HashMap<>(JsonMessages.values(event));
        values.put("segment_id", Objects.requireNonNull(event.getSpanId()));
        values.put("end_timestamp", JsonMessages.seconds(event.getTimestampMs()));
        values.put("result", "ok".equals(event.getStatus()) ? "ok" : "error");
        return values;
    }

    private byte[] inside(MessageTemplate template, Map<String, String> ofCall, String id, BackendEvent event, int i) {
        Map<String, String> values = new HashMap<>(ofCall);
        values.put("span_id", id);
        values.put("parent_span_id", Objects.requireNonNull(event.getSpanId()));
        long start = Objects.requireNonNull(event.getStartTimestampMs());
        values.put("start_timestamp", JsonMessages.seconds(start + (event.getTimestampMs() - start) * i / spans));
        return template.fill(values);
    }

    private String spanId(Occurrence at, int number) {
        return hash.spanId(Use.INNER_SPAN_ID, at.number() * spans + number);
    }
}
