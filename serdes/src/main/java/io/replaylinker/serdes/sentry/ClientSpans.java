package io.replaylinker.serdes.sentry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code data.spans}: the ids of a transaction's outgoing requests, which are the parents of the transactions that they called. */
final class ClientSpans {

    /** As many as a link carries; a page that sends more has a tree of which the first part is shown. */
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

    /** The id of the span if it is an outgoing request; op and id stand in any order. */
    private static @Nullable String readId(JsonCursor cursor) throws JsonException {
        if (!cursor.enterObject()) {
            return null;
        }
        String id = null;
        boolean isClient = false;
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            switch (name) {
                case "span_id" -> id = cursor.string();
                case "op" -> isClient = isClient(cursor.string());
                default -> cursor.skip();
            }
        }
        return isClient ? id : null;
    }

    private static boolean isClient(@Nullable String op) {
        return op != null && op.startsWith("http.client");
    }
}
