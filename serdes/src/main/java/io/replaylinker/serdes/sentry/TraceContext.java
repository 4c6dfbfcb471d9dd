package io.replaylinker.serdes.sentry;

import org.jspecify.annotations.Nullable;

/** {@code data.contexts.trace}: the span in which the event happened; for a transaction its root span. */
final class TraceContext {

    static final TraceContext NONE = new TraceContext();

    @Nullable String traceId;

    @Nullable String spanId;

    @Nullable String parentSpanId;

    @Nullable String op;

    @Nullable String status;

    @Nullable String origin;

    @Nullable String replayId;

    boolean replayIsBuffering;

    @Nullable Boolean hasReplay;

    private TraceContext() {}

    static TraceContext read(JsonCursor cursor) throws JsonException {
        if (!cursor.enterObject()) {
            return NONE;
        }
        TraceContext trace = new TraceContext();
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            trace.take(name, cursor);
        }
        return trace;
    }

    private void take(String name, JsonCursor value) throws JsonException {
        switch (name) {
            case "trace_id" -> traceId = value.string();
            case "span_id" -> spanId = value.string();
            case "parent_span_id" -> parentSpanId = value.string();
            case "op" -> op = value.string();
            case "status" -> status = value.string();
            case "origin" -> origin = value.string();
            case "hasReplay", "has_replay" -> hasReplay = EventTags.either(value.flag(), hasReplay);
            case "data" -> readAttributes(value);
            default -> value.skip();
        }
    }

    /** Reads the attributes of a transaction's root span. */
    private void readAttributes(JsonCursor cursor) throws JsonException {
        if (!cursor.enterObject()) {
            return;
        }
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            switch (name) {
                case "sentry.replay_id" -> replayId = AttributeValue.text(cursor);
                case "sentry._internal.replay_is_buffering", "sentry.replay_is_buffering", "replay_is_buffering" ->
                    replayIsBuffering |= AttributeValue.flag(cursor);
                default -> cursor.skip();
            }
        }
    }
}
