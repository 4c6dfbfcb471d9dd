package io.replaylinker.local.visits;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON object that is written as its members are added. */
final class JsonText {

    private final StringBuilder text = new StringBuilder("{");

    JsonText put(String name, @Nullable Object value) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(text, name);
        text.append(':');
        append(text, value);
        return this;
    }

    /** Adds a member unless its value is null. */
    JsonText putIf(String name, @Nullable Object value) {
        return value == null ? this : put(name, value);
    }

    static String array(List<?> values) {
        StringBuilder text = new StringBuilder();
        append(text, values);
        return text.toString();
    }

    private static void append(StringBuilder text, @Nullable Object value) {
        if (value instanceof List<?> list) {
            text.append('[');
            for (int i = 0; i < list.size(); i++) {
                text.append(i == 0 ? "" : ",");
                append(text, list.get(i));
            }
            text.append(']');
        } else if (value instanceof String string) {
            quote(text, string);
        } else {
            text.append(value); // numbers, booleans, null and objects of this class are their own text
        }
    }

    private static void quote(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        text.append('"');
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
