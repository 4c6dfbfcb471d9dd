package io.replaylinker.serdes.sentry;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Walks over JSON once, forward, and takes values out of it. It always stands on a value; each of its readers consumes that value
 * whole, whatever its type, and answers with nothing when the type is another than the asked one. So the caller names what it
 * wants, skips the rest, and needs no case for a producer's surprises.
 *
 * <p>Only broken JSON throws.
 */
final class JsonCursor {

    /** The longest text that is taken over, in UTF-16 units: Sentry's longest, a release, has as many. */
    static final int MAX_TEXT = 250;

    private final JsonParser parser;

    JsonCursor(JsonParser parser) {
        this.parser = parser;
    }

    /** Steps to the first or next value of the document; false at its end. */
    boolean nextRoot() throws IOException {
        return parser.nextToken() != null;
    }

    /** Steps into an object, before its first field; skips anything else and answers false. */
    boolean enterObject() throws IOException {
        return enter(JsonToken.START_OBJECT);
    }

    /** Steps into an array, before its first element; skips anything else and answers false. */
    boolean enterArray() throws IOException {
        return enter(JsonToken.START_ARRAY);
    }

    private boolean enter(JsonToken start) throws IOException {
        if (parser.currentToken() == start) {
            return true;
        }
        skip();
        return false;
    }

    /** Steps to the next field's value of the object and gives its name; null at the object's end. */
    @Nullable String nextField() throws IOException {
        String name = parser.nextFieldName();
        if (name != null) {
            parser.nextToken();
        }
        return name;
    }

    /** Steps to the next element of the array; false at the array's end. */
    boolean nextElement() throws IOException {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /** Leaves the array, wherever in it the cursor stood between two elements. */
    void leaveArray() throws IOException {
        while (nextElement()) {
            skip();
        }
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /** A string, cut at {@link #MAX_TEXT}. */
    @Nullable String string() throws IOException {
        return bounded(longString());
    }

    /** A string of any length: for what has a bound of its own. */
    @Nullable String longString() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        skip();
        return null;
    }

    /** A string, or a number or truth value as it is spelled, cut at {@link #MAX_TEXT}: the values of tags, and names made of digits. */
    @Nullable String text() throws IOException {
        JsonToken token = parser.currentToken();
        if (token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL) {
            return bounded(parser.getText());
        }
        skip();
        return null;
    }

    /** A whole number, or a string of one; the given value if it is none or does not fit. */
    long integer(long otherwise) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? otherwise : parser.getLongValue();
        }
        String text = string();
        return text == null ? otherwise : integer(text, otherwise);
    }

    private static long integer(String text, long otherwise) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** A byte, 0 to 255; -1 for anything else. */
    int unsignedByte() throws IOException {
        // Three characters at most, so that the number cannot be too large to be asked for.
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() <= 3) {
            int value = parser.getIntValue();
            return value < 0 ? -1 : value;
        }
        skip();
        return -1;
    }

    /** A moment as {@link EpochMillis} reads it; {@link EpochMillis#UNKNOWN} for anything else. */
    long epochMillis() throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            return EpochMillis.ofSeconds(parser.getDoubleValue());
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return EpochMillis.ofSeconds((double) integer(0));
        }
        String text = string();
        return text == null ? EpochMillis.UNKNOWN : EpochMillis.ofText(text);
    }

    /** True, false, or one of these as a string in any case (Python spells {@code True}); null for anything else. */
    @Nullable Boolean flag() throws IOException {
        String text = text();
        if (text == null) {
            return null;
        }
        return text.equalsIgnoreCase("true") ? Boolean.TRUE : text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
    }

    /** The text cut at {@link #MAX_TEXT}, not inside a code point. */
    static @Nullable String bounded(@Nullable String text) {
        if (text == null || text.length() <= MAX_TEXT) {
            return text;
        }
        boolean splitsPair =
                Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) && Character.isLowSurrogate(text.charAt(MAX_TEXT));
        return text.substring(0, splitsPair ? MAX_TEXT - 1 : MAX_TEXT);
    }
}
