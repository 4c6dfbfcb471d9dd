package io.replaylinker.serdes.sentry;

import org.jspecify.annotations.Nullable;

/**
 * Reads JSON once, forward, and extracts values. The cursor is always at a value. Each read method consumes the whole value of any type,
 * and returns no result if the type differs from the requested one. The caller therefore names what it wants, skips the rest, and needs no
 * case for unexpected types.
 *
 * <p>Only malformed JSON throws an exception.
 */
final class JsonCursor {

    /** The longest text that is kept, in UTF-16 units. This is the length of Sentry's longest text, a release. */
    static final int MAX_TEXT = 250;

    private final JsonScanner json;

    /** A cursor at the document's value. */
    JsonCursor(byte[] json) {
        this(new JsonScanner(json));
    }

    /** A cursor at the scanner's current value. */
    JsonCursor(JsonScanner json) {
        this.json = json;
    }

    /** A cursor at a value that was skipped with {@link #pass}, by its place. */
    JsonCursor at(int place) {
        return new JsonCursor(new JsonScanner(json.bytes(), place));
    }

    /** Skips the value and returns its place, for reading it later. The place is above 0 for anything inside the document. */
    int pass() throws JsonException {
        int place = json.position();
        json.skip();
        return place;
    }

    /** Returns whether {@link CallerSearch} finds something in this value or after it. */
    boolean mayFindCaller() {
        return CallerSearch.mayFind(json.bytes(), json.position());
    }

    /** Checks that only blanks follow the document's value. */
    void expectEnd() throws JsonException {
        json.expectEnd();
    }

    boolean isObject() {
        return json.peek() == '{';
    }

    boolean isArray() {
        return json.peek() == '[';
    }

    /** Enters an object, before its first field. Skips any other value and returns false. */
    boolean enterObject() throws JsonException {
        return enter(isObject());
    }

    /** Enters an array, before its first element. Skips any other value and returns false. */
    boolean enterArray() throws JsonException {
        return enter(isArray());
    }

    private boolean enter(boolean isWanted) throws JsonException {
        if (isWanted) {
            json.enter();
        } else {
            json.skip();
        }
        return isWanted;
    }

    /** Moves to the next field's value and returns its name, {@link FieldNames#OTHER} if unknown; null at the object's end. */
    @Nullable String nextField() throws JsonException {
        return json.nextField() ? json.wantedName() : null;
    }

    /** Moves to the next field's value and returns its name, known or not; null at the object's end. */
    @Nullable String nextEntry() throws JsonException {
        return json.nextField() ? json.text() : null;
    }

    /** Moves to the next element of the array; false at the array's end. */
    boolean nextElement() throws JsonException {
        return json.nextElement();
    }

    /** Skips the rest of the array. */
    void leaveArray() throws JsonException {
        while (json.nextElement()) {
            json.skip();
        }
    }

    void skip() throws JsonException {
        json.skip();
    }

    /** A string, cut at {@link #MAX_TEXT}. */
    @Nullable String string() throws JsonException {
        return bounded(longString());
    }

    /** A string of any length, for values with their own limit. */
    @Nullable String longString() throws JsonException {
        boolean isString = json.peek() == '"';
        json.skip();
        return isString ? json.text() : null;
    }

    /** A string, or a number or truth value as written, cut at {@link #MAX_TEXT}: for values of tags, and names made of digits. */
    @Nullable String text() throws JsonException {
        boolean hasText = !isObject() && !isArray() && json.peek() != 'n';
        json.skip();
        return hasText ? bounded(json.text()) : null;
    }

    /** A string that is not blank, or a number as written, cut at {@link #MAX_TEXT}: for ids of users. */
    @Nullable String name() throws JsonException {
        boolean isTruthValue = json.peek() == 't' || json.peek() == 'f';
        String text = text();
        return text == null || isTruthValue || text.isBlank() ? null : text;
    }

    /** A whole number, or a string of one; the given value if it is neither or does not fit. */
    long integer(long otherwise) throws JsonException {
        String text = text();
        try {
            return text == null ? otherwise : Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** A byte, 0 to 255; -1 for anything else. */
    int unsignedByte() throws JsonException {
        boolean isNumber = json.peek() >= '0' && json.peek() <= '9';
        json.skip();
        return isNumber ? json.unsignedByte() : -1;
    }

    /** A time as {@link EpochMillis} parses it; {@link EpochMillis#UNKNOWN} for anything else. */
    long epochMillis() throws JsonException {
        String text = text();
        return text == null ? EpochMillis.UNKNOWN : EpochMillis.ofText(text);
    }

    /** A time as {@link EpochMillis#ofSecondsOrMillis} parses it; {@link EpochMillis#UNKNOWN} for anything else. */
    long epochSecondsOrMillis() throws JsonException {
        String text = text();
        return text == null ? EpochMillis.UNKNOWN : EpochMillis.ofSecondsOrMillis(text);
    }

    /** True, false, or one of these as a string in any case (Python spells {@code True}); null for anything else. */
    @Nullable Boolean flag() throws JsonException {
        byte first = json.peek();
        if (first == 't' || first == 'f') {
            json.skip();
            return first == 't';
        }
        String text = text();
        if (text == null) {
            return null;
        }
        return text.equalsIgnoreCase("true") ? Boolean.TRUE : text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
    }

    /** Cuts the text at {@link #MAX_TEXT}, not inside a code point. */
    static @Nullable String bounded(@Nullable String text) {
        if (text == null || text.length() <= MAX_TEXT) {
            return text;
        }
        boolean splitsPair =
                Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) && Character.isLowSurrogate(text.charAt(MAX_TEXT));
        return text.substring(0, splitsPair ? MAX_TEXT - 1 : MAX_TEXT);
    }
}
