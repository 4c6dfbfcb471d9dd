package io.replaylinker.serdes.sentry;

import io.replaylinker.schemas.EventSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code data.spans}: the spans inside a transaction.
 *
 * @param clientIds ids of the calls to other services, which are the parents of the called transactions
 * @param inner all spans, where they were asked for
 */
record EventSpans(List<String> clientIds, List<EventSpan> inner) {

    static final EventSpans NONE = new EventSpans(List.of(), List.of());

    /** The number that a link carries. If a page sends more, only the first part of its tree is shown. */
    static final int MAX_CLIENT_SPANS = 64;

    /** Sentry keeps no more spans of a transaction. */
    static final int MAX_SPANS = 1_000;

    /** @param detailed whether to read all spans; else only the ids of client spans */
    static EventSpans read(JsonCursor cursor, boolean detailed) throws JsonException {
        if (!cursor.enterArray()) {
            return NONE;
        }
        List<String> clientIds = new ArrayList<>();
        List<EventSpan> inner = new ArrayList<>();
        int enough = detailed ? MAX_SPANS : MAX_CLIENT_SPANS;
        while (cursor.nextElement()) {
            if ((detailed ? inner.size() : clientIds.size()) == enough || !cursor.isObject()) {
                cursor.skip();
                continue;
            }
            OneSpan span = OneSpan.read(cursor, detailed);
            if (span.isClient() && span.id != null && clientIds.size() < MAX_CLIENT_SPANS) {
                clientIds.add(span.id);
            }
            if (detailed && span.id != null) {
                inner.add(span.toSpan(span.id));
            }
        }
        return new EventSpans(clientIds, inner);
    }

    /** The fields of a span, which may have any order. */
    private static final class OneSpan {
        private @Nullable String id;
        private @Nullable String parentId;
        private @Nullable String op;
        private @Nullable String kind;
        private @Nullable String attributeKind;
        private @Nullable String name;
        private @Nullable String status;
        private long startMs = EpochMillis.UNKNOWN;
        private long endMs = EpochMillis.UNKNOWN;

        static OneSpan read(JsonCursor cursor, boolean detailed) throws JsonException {
            OneSpan span = new OneSpan();
            cursor.enterObject();
            for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
                switch (name) {
                    case "span_id" -> span.id = cursor.string();
                    case "op" -> span.op = cursor.string();
                    case "kind" -> span.kind = cursor.string();
                    case "data" -> span.attributeKind = readKind(cursor);
                    default -> span.takeDetail(name, cursor, detailed);
                }
            }
            return span;
        }

        private void takeDetail(String field, JsonCursor cursor, boolean detailed) throws JsonException {
            if (!detailed) {
                cursor.skip();
                return;
            }
            switch (field) {
                case "parent_span_id" -> parentId = cursor.string();
                case "description" -> name = cursor.string();
                case "status" -> status = cursor.string();
                case "start_timestamp" -> startMs = cursor.epochMillis();
                case "timestamp" -> endMs = cursor.epochMillis();
                default -> cursor.skip();
            }
        }

        private static @Nullable String readKind(JsonCursor cursor) throws JsonException {
            if (!cursor.enterObject()) {
                return null;
            }
            String kind = null;
            for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
                if (name.equals("sentry.kind")) {
                    kind = AttributeValue.text(cursor);
                } else {
                    cursor.skip();
                }
            }
            return kind;
        }

        boolean isClient() {
            return ClientOperations.isClient(EventTags.firstOf(attributeKind, kind), op);
        }

        EventSpan toSpan(String spanId) {
            EventSpan span = new EventSpan();
            span.setSpanId(spanId);
            span.setParentSpanId(parentId);
            span.setOp(op);
            span.setName(name);
            span.setStatus(status);
            span.setStartTimestampMs(startMs == EpochMillis.UNKNOWN ? null : startMs);
            span.setTimestampMs(endMs == EpochMillis.UNKNOWN ? null : endMs);
            return span;
        }
    }
}
