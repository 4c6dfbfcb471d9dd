package io.replaylinker.serdes.sentry;

import org.jspecify.annotations.Nullable;

/**
 * Reads the value of an attribute: {@code {"type": ..., "value": ...}} in any order, or a bare value. The type is ignored, because
 * producers omit it or name one that differs from the value's.
 */
final class AttributeValue {

    /** Reads the value. The cursor is at the value, which must be consumed. */
    @FunctionalInterface
    interface Reader {
        void take(JsonCursor value) throws JsonException;
    }

    private AttributeValue() {}

    /** Passes the value of the attribute at the cursor to the reader. Does nothing for an object without a value. */
    static void give(JsonCursor attribute, Reader reader) throws JsonException {
        if (!attribute.isObject()) {
            reader.take(attribute);
            return;
        }
        attribute.enterObject();
        for (String name = attribute.nextField(); name != null; name = attribute.nextField()) {
            if (name.equals("value")) {
                reader.take(attribute);
            } else {
                attribute.skip();
            }
        }
    }

    /** Reads the value as text, a number or truth value as written. Null if it is missing, blank or of another type. */
    static @Nullable String text(JsonCursor attribute) throws JsonException {
        if (!attribute.isObject()) {
            return given(attribute.text());
        }
        String value = null;
        attribute.enterObject();
        for (String name = attribute.nextField(); name != null; name = attribute.nextField()) {
            if (name.equals("value")) {
                value = attribute.text();
            } else {
                attribute.skip();
            }
        }
        return given(value);
    }

    /** Returns whether the value is true, or the text "true" in any case. */
    static boolean flag(JsonCursor attribute) throws JsonException {
        return "true".equalsIgnoreCase(text(attribute));
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
