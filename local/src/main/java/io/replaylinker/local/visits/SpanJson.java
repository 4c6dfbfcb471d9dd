package io.replaylinker.local.visits;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A span as Relay writes it to topic {@code ingest-spans}. */
final class SpanJson {

    private final long organization;
    private final long project;
    private final String trace;
    private final String span;
    private final @Nullable String parent;
    private final JsonText attributes = new JsonText();
    private String name = "";
    private boolean segment;
    private long startMs;
    private long endMs;
    private @Nullable String eventId;

    SpanJson(long organization, long project, String trace, String span, @Nullable String parent) {
        this.organization = organization;
        this.project = project;
        this.trace = trace;
        this.span = span;
        this.parent = parent;
    }

    SpanJson named(String text, String op, String origin) {
        name = text;
        return attribute("sentry.op", op).attribute("sentry.origin", origin);
    }

    SpanJson times(long from, long to) {
        startMs = from;
        endMs = to;
        return this;
    }

    /** Its segment; a span that is its own segment is one. */
    SpanJson in(String segmentId) {
        segment = segmentId.equals(span);
        return attribute("sentry.segment.id", segmentId);
    }

    /** A segment as OTLP brings it: without the attribute. */
    SpanJson asSegment() {
        segment = true;
        return this;
    }

    /** A span of a classic transaction. */
    SpanJson of(String transactionId) {
        eventId = transactionId;
        return flag("sentry.was_transaction", true);
    }

    SpanJson attribute(String key, @Nullable String value) {
        if (value != null) {
            attributes.put(key, new JsonText().put("type", "string").put("value", value));
        }
        return this;
    }

    SpanJson flag(String key, boolean value) {
        attributes.put(key, new JsonText().put("type", "boolean").put("value", value));
        return this;
    }

    SpanJson list(String key, List<String> values) {
        attributes.put(key, new JsonText().put("type", "array").put("value", values));
        return this;
    }

    SpanJson user(Names names) {
        return attribute("user.id", names.id()).attribute("user.ip_address", names.address());
    }

    JsonText json(long receivedMs) {
        return new JsonText()
                .put("organization_id", organization)
                .put("project_id", project)
                .put("key_id", 1)
                .putIf("event_id", eventId)
                .put("received", EventJson.seconds(receivedMs))
                .put("retention_days", 90)
                .put("downsampled_retention_days", 90)
                .put("trace_id", trace)
                .put("span_id", span)
                .put("parent_span_id", parent)
                .put("name", name)
                .put("status", "ok")
                .put("is_segment", segment)
                .put("start_timestamp", EventJson.seconds(startMs))
                .put("end_timestamp", EventJson.seconds(endMs))
                .put("attributes", attributes)
                .put("links", null)
                .put("_meta", new JsonText());
    }
}
