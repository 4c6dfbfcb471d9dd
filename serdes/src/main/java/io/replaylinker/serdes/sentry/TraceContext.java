package io.replaylinker.serdes.sentry;

import org.jspecify.annotations.Nullable;

/** {@code data.contexts.trace}: the span that the event happened in, of a transaction its root. */
record TraceContext(
        @Nullable String traceId,
        @Nullable String spanId,
        @Nullable String parentSpanId,
        @Nullable String op,
        @Nullable String status,
        @Nullable Boolean hasReplay) {

    static final TraceContext NONE = new TraceContext(null, null, null, null, null, null);

    static TraceContext read(JsonCursor cursor) throws JsonException {
        if (!cursor.enterObject()) {
            return NONE;
        }
        String traceId = null;
        String spanId = null;
        String parentSpanId = null;
        String op = null;
        String status = null;
        Boolean hasReplay = null;
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            switch (name) {
                case "trace_id" -> traceId = cursor.string();
                case "span_id" -> spanId = cursor.string();
                case "parent_span_id" -> parentSpanId = cursor.string();
                case "op" -> op = cursor.string();
                case "status" -> status = cursor.string();
                case "hasReplay", "has_replay" -> hasReplay = EventTags.either(cursor.flag(), hasReplay);
                default -> cursor.skip();
            }
        }
        return new TraceContext(traceId, spanId, parentSpanId, op, status, hasReplay);
    }
}
