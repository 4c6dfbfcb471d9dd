package io.replaylinker.local.sample;

import org.jspecify.annotations.Nullable;

/** A span as Relay writes it to topic {@code ingest-spans}, short of what linking does not look at. */
final class StreamedSpan {

    private final int project;
    private final String trace;
    private final String id;
    private final @Nullable String parent;
    private final StringBuilder attributes = new StringBuilder();
    private String name = "";
    private String status = "ok";
    private boolean segment;
    private double startSeconds;
    private double endSeconds;

    /** @param parent null for none */
    StreamedSpan(int project, int trace, String id, @Nullable String parent) {
        this.project = project;
        this.trace = Shop.trace(trace);
        this.id = id;
        this.parent = parent;
    }

    StreamedSpan named(String text, String operation) {
        name = text;
        return attribute("sentry.op", operation);
    }

    StreamedSpan during(double from, double to) {
        startSeconds = from;
        endSeconds = to;
        return this;
    }

    StreamedSpan failed() {
        status = "error";
        return attribute("sentry.status.message", "internal_error");
    }

    /** The segment it is in; its own id makes it one. */
    StreamedSpan in(String segmentId) {
        segment = segmentId.equals(id);
        return attribute("sentry.segment.id", segmentId).attribute("sentry.trace_lifecycle", "stream");
    }

    /** As it comes from an OpenTelemetry SDK, which knows neither segments nor replays. */
    StreamedSpan fromOpenTelemetry() {
        segment = true;
        return attribute("sentry.origin", "auto.otlp.spans").attribute("sentry.kind", "server");
    }

    StreamedSpan platform(String sdk) {
        return attribute("sentry.sdk.name", "sentry.javascript." + sdk);
    }

    /** As SDK 11 puts it on every span of a recorded page. */
    StreamedSpan replay(int replay) {
        return attribute("sentry.replay_id", Shop.replay(replay));
    }

    private StreamedSpan attribute(String key, String value) {
        attributes
                .append(attributes.length() == 0 ? "" : ",")
                .append("\"%s\":{\"type\":\"string\",\"value\":\"%s\"}".formatted(key, value));
        return this;
    }

    /** Received so long after it ended. */
    SentryMessages.Line receivedAfter(double seconds) {
        double received = endSeconds + seconds;
        return SentryMessages.raw(received, "ingest-spans", payload(received));
    }

    private String payload(double received) {
        return "{\"organization_id\":1,\"project_id\":%d,\"received\":%s,\"retention_days\":90,\"trace_id\":\"%s\",\"span_id\":\"%s\","
                        .formatted(project, SentryMessages.time(received), trace, id)
                + "\"parent_span_id\":%s,\"name\":\"%s\",\"status\":\"%s\",\"is_segment\":%s,"
                        .formatted(parent == null ? "null" : '"' + parent + '"', name, status, segment)
                + "\"start_timestamp\":%s,\"end_timestamp\":%s,\"attributes\":{%s}}"
                        .formatted(SentryMessages.time(startSeconds), SentryMessages.time(endSeconds), attributes);
    }
}
