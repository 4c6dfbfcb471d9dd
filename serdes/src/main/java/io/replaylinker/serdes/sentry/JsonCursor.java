package io.replaylinker.serdes.sentry;

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

    private final JsonScanner json;

    /** Stands on the document's value. */
    JsonCursor(byte[] json) {
        this(new JsonScanner(json));
    }

    /** Stands on the value that the scanner stands on. */
    JsonCursor(JsonScanner json) {
        this.json = json;
    }

    /** Stands once more on a value that was passed, by its {@link #pass place}. */
    JsonCursor at(int place) {
        return new JsonCursor(new JsonScanner(json.bytes(), place));
    }

    /** Skips the value and gives its place, so that it is read later or never. Above 0 for what lies inside of the document. */
    int pass() throws JsonException {
        int place = json.position();
        json.skip();
        return place;
    }

    /** Whether {@link CallerSearch} finds something in the value or behind. */
    boolean mayFindCaller() {
        return CallerSearch.mayFind(json.bytes(), json.position());
    }

    /** After the document's value: there must be nothing but blanks. */
    void expectEnd() throws JsonException {
        json.expectEnd();
    }

    boolean isObject() {
        return json.peek() == '{';
    }

    boolean isArray() {
        return json.peek() == '[';
    }

    /** Steps into an object, before its first field; skips anything else and answers false. */
    boolean enterObject() throws JsonException {
        return enter(isObject());
    }

    /** Steps into an array, before its first element; skips anything else and answers false. */
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

    /** Steps to the next field's value and gives its name, {@link FieldNames#OTHER} if unknown; null at the object's end. */
    @Nullable String nextField() throws JsonException {
        return json.nextField() ? json.wantedName() : null;
    }

    /** Steps to the next field's value and gives its name, whatever it is; null at the object's end. */
    @Nullable String nextEntry() throws JsonException {
        return json.nextField() ? json.text() : null;
    }

    /** Steps to the next element of the array; false at the array's end. */
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

    /** A string of any length: for what has a bound of its own. */
    @Nullable String longString() throws JsonException {
        boolean isString = json.peek() == '"';
        json.skip();
        return isString ? json.text() : null;
    }

    /** A string, or a number or truth value as it is spelled, cut at {@link #MAX_TEXT}: the values of tags, and names made of digits. */
    @Nullable String text() throws JsonException {
        boolean hasText = !isObject() && !isArray() && json.peek() != 'n';
        json.skip();
        return hasText ? bounded(json.text()) : null;
    }

    /** A string that is not blank, or a number as it is spelled, cut at {@link #MAX_TEXT}: the ids of users. */
    @Nullable String name() throws JsonException {
        boolean isTruthValue = json.peek() == 't' || json.peek() == 'f';
        String text = text();
        return text == null || isTruthValue || text.isBlank() ? null : text;
    }

    /** A whole number, or a string of one; the given value if it is none or does not fit. */
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

    /** A moment as {@link EpochMillis} reads it; {@link EpochMillis#UNKNOWN} for anything else. */
    long epochMillis() throws JsonException {
        String text = text();
        return text == null ? EpochMillis.UNKNOWN : EpochMillis.ofText(text);
    }

    /** A moment as {@link EpochMillis#ofSecondsOrMillis} reads it; {@link EpochMillis#UNKNOWN} for anything else. */
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
