package io.replaylinker.serdes.sentry;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The trace headers of the request in which an event or span happened: {@code data.request.headers}, with names in any case, or the
 * attributes of a server span. {@code sentry-trace} may also be written with an underscore.
 */
final class RequestHeaders {

    private final HeaderValue baggage = HeaderValue.ofBaggage();
    private final HeaderValue sentryTrace = HeaderValue.ofIds();
    private final HeaderValue traceparent = HeaderValue.ofIds();

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

    /** Reads the header of this name, or skips its value. */
    private void take(String name, JsonCursor value) throws JsonException {
        switch (wanted(name)) {
            case "baggage" -> baggage.read(value);
            case "sentry-trace", "sentry_trace" -> sentryTrace.read(value);
            case "traceparent" -> traceparent.read(value);
            default -> value.skip();
        }
    }

    /** Returns the name in lower case if its length matches a wanted name. This avoids converting a dozen other names per request. */
    private static String wanted(String name) {
        return switch (name.length()) {
            case 7, 11, 12 -> name.toLowerCase(Locale.ROOT);
            default -> "";
        };
    }

    /** Reads the span attribute with a baggage header. */
    void takeBaggage(JsonCursor attribute) throws JsonException {
        AttributeValue.give(attribute, baggage::read);
    }

    /** Reads the span attribute with a sentry-trace header. */
    void takeSentryTrace(JsonCursor attribute) throws JsonException {
        AttributeValue.give(attribute, sentryTrace::read);
    }

    /** Reads the span attribute with a traceparent header. */
    void takeTraceparent(JsonCursor attribute) throws JsonException {
        AttributeValue.give(attribute, traceparent::read);
    }

    @Nullable String baggage() {
        return baggage.text();
    }

    @Nullable String sentryTrace() {
        return sentryTrace.text();
    }

    @Nullable String traceparent() {
        return traceparent.text();
    }
}
