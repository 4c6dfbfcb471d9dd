package io.replaylinker.serdes.sentry;

import io.replaylinker.serdes.trace.Baggage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code data.request.headers}: the headers of the request that the event happened in, their names in any case. */
final class RequestHeaders {

    private @Nullable String baggage;
    private @Nullable String sentryTrace;
    private @Nullable String traceparent;

    private RequestHeaders() {}

    /** Reads {@code data.request}. */
    static @Nullable RequestHeaders readRequest(JsonCursor cursor) throws JsonException {
        if (!cursor.enterObject()) {
            return null;
        }
        RequestHeaders headers = null;
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            if (name.equals("headers")) {
                headers = new RequestHeaders();
                EntryReader.readEach(cursor, headers::take);
            } else {
                cursor.skip();
            }
        }
        return headers;
    }

    private void take(String name, JsonCursor value) throws JsonException {
        switch (wanted(name)) {
            case "baggage" -> baggage = joined(baggage, value);
            case "sentry-trace" -> sentryTrace = joined(null, value);
            case "traceparent" -> traceparent = joined(null, value);
            default -> value.skip();
        }
    }

    /** A header's value, or several of them, behind what was there. */
    private static @Nullable String joined(@Nullable String before, JsonCursor value) throws JsonException {
        if (!value.isArray()) {
            return joined(before, value.longString());
        }
        String all = before;
        value.enterArray();
        while (value.nextElement()) {
            all = joined(all, value.longString());
        }
        return all;
    }

    private static @Nullable String joined(@Nullable String before, @Nullable String value) {
        // Past the bound of baggage nothing is read; a million small values must not be joined one by one.
        if (value == null || (before != null && before.length() > Baggage.MAX_BYTES)) {
            return before;
        }
        return before == null ? value : before + "," + value;
    }

    /** The name in lower case if its length says that it may be one of ours: a dozen others a request need not be lowered. */
    private static String wanted(String name) {
        return switch (name.length()) {
            case 7, 11, 12 -> name.toLowerCase(Locale.ROOT);
            default -> "";
        };
    }

    @Nullable String baggage() {
        return baggage == null ? null : Baggage.bounded(baggage);
    }

    @Nullable String sentryTrace() {
        return JsonCursor.bounded(sentryTrace);
    }

    @Nullable String traceparent() {
        return JsonCursor.bounded(traceparent);
    }
}
