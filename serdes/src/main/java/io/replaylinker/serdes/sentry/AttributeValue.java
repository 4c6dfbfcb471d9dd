package io.replaylinker.serdes.sentry;

import org.jspecify.annotations.Nullable;

/**
 * The value of an attribute: {@code {"type": ..., "value": ...}} in any order, or bare. The type counts for nothing, because
 * producers leave it out or name another one than the value has.
 */
final class AttributeValue {

    /** Takes the value; the cursor stands on it, and it must be consumed. */
    @FunctionalInterface
    interface Reader {
        void take(JsonCursor value) throws JsonException;
    }

    private AttributeValue() {}

    /** Gives the value of the attribute that the cursor stands on to the reader; nothing where an object has none. */
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

    /** The value as text, a number or truth value as it is spelled; null if it is missing, blank or of another type. */
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

    /** Whether the value is true, or the text of it in any case. */
    static boolean flag(JsonCursor attribute) throws JsonException {
        return "true".equalsIgnoreCase(text(attribute));
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
