package io.replaylinker.serdes.sentry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code data.spans}: the ids of a transaction's calls to other services, which are the parents of the called transactions. */
final class ClientSpans {

    /** The number that a link carries. If a page sends more, only the first part of its tree is shown. */
    static final int MAX_SPANS = 64;

    private ClientSpans() {}

    static List<String> read(JsonCursor cursor) throws JsonException {
        if (!cursor.enterArray()) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        while (cursor.nextElement()) {
            if (ids.size() == MAX_SPANS) {
                cursor.skip();
                continue;
            }
            String id = readId(cursor);
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** Returns the id of the span if it calls another service. The fields may have any order. */
    private static @Nullable String readId(JsonCursor cursor) throws JsonException {
        if (!cursor.enterObject()) {
            return null;
        }
        String id = null;
        String op = null;
        String kind = null;
        String attributeKind = null;
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            switch (name) {
                case "span_id" -> id = cursor.string();
                case "op" -> op = cursor.string();
                case "kind" -> kind = cursor.string();
                case "data" -> attributeKind = readKind(cursor);
                default -> cursor.skip();
            }
        }
        return ClientOperations.isClient(EventTags.firstOf(attributeKind, kind), op) ? id : null;
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
}
