package io.replaylinker.serdes.sentry;

import java.nio.charset.StandardCharsets;

/**
 * Scans the JSON text of a record, in UTF-8, value by value. The scanner is at the first byte of a value. {@link #skip}, or entering and
 * leaving, moves behind it.
 *
 * <p>Most of the cost of decoding is skipping the nine tenths of an event that are not needed, and a general parser makes tokens, numbers
 * and names of them (docs/performance.md has the figures). The scanner is as strict as RFC 8259 with two exceptions: bytes inside strings
 * need not be UTF-8, and {@code NaN}, {@code Infinity} and {@code -Infinity} are numbers. Python's encoder writes these, and an invalid
 * measurement must not cost the event.
 */
final class JsonScanner {

    /** Sentry cuts events at a depth below 20. A deeper one is forged. */
    static final int MAX_DEPTH = 200;

    /** Marks the end of the input. JSON contains no zero byte, so the end needs no extra checks. */
    private static final byte END = 0;

    private final byte[] in;
    private int at;
    private int depth;

    /** Nothing has been read of the object or array that was entered last. */
    private boolean fresh;

    /** Bounds of the last name or scalar, without the quotes of a string. */
    private int from;

    private int to;
    private boolean escaped;

    JsonScanner(byte[] json) {
        in = json;
        boolean marked = json.length > 2 && json[0] == (byte) 0xef && json[1] == (byte) 0xbb && json[2] == (byte) 0xbf;
        at = marked ? 3 : 0;
        skipBlanks();
    }

    /** A scanner at the given place inside a document. */
    JsonScanner(byte[] json, int place) {
        in = json;
        at = place;
        skipBlanks();
    }

    /** The document. */
    byte[] bytes() {
        return in;
    }

    /** The index of the current byte. */
    int position() {
        return at;
    }

    /** The current byte, 0 at the end. The first byte of a value determines its type. */
    byte peek() {
        return at < in.length ? in[at] : END;
    }

    /** Checks that only blanks follow the document's only value. */
    void expectEnd() throws JsonException {
        skipBlanks();
        if (at < in.length) {
            throw broken();
        }
    }

    /** Enters the current object or array. */
    void enter() throws JsonException {
        if (++depth > MAX_DEPTH) {
            throw JsonException.tooDeep(at);
        }
        at++;
        fresh = true;
    }

    /** Moves to the value of the next field, whose name is then the last scalar; behind the object at its end. */
    boolean nextField() throws JsonException {
        if (!isAtNextName()) {
            if (!next((byte) '}')) {
                return false;
            }
            if (peek() != '"') {
                throw broken();
            }
        }
        readString();
        if (peek() != ':') {
            skipBlanks();
        }
        readColon();
        return true;
    }

    /** Moves over the comma to the following name, if there is nothing else in between. */
    private boolean isAtNextName() {
        int comma = at;
        if (fresh || comma + 1 >= in.length || in[comma] != ',' || in[comma + 1] != '"') {
            return false;
        }
        at = comma + 1;
        return true;
    }

    /** Moves from the colon behind a name to the value. */
    void readColon() throws JsonException {
        expect((byte) ':');
        skipBlanks();
    }

    /** Moves to the next element; behind the array at its end. */
    boolean nextElement() throws JsonException {
        return next((byte) ']');
    }

    private boolean next(byte end) throws JsonException {
        byte found = skipBlanks();
        if (found == end) {
            at++;
            depth--;
            fresh = false;
            return false;
        }
        if (!fresh) {
            expect((byte) ',');
            skipBlanks();
        }
        fresh = false;
        return true;
    }

    /** Moves behind the value and checks no more than its grammar. */
    void skip() throws JsonException {
        switch (peek()) {
            case '{' -> {
                enter();
                // The depth limit ends the recursion.
                while (nextField()) {
                    skip();
                }
            }
            case '[' -> {
                enter();
                while (nextElement()) {
                    skip();
                }
            }
            default -> readScalar();
        }
    }

    /** Moves behind the value, which is not an object or array. */
    void readScalar() throws JsonException {
        byte first = peek();
        if (first == '"') {
            readString();
            return;
        }
        from = at;
        escaped = false;
        switch (first) {
            case 't' -> expect("true");
            case 'f' -> expect("false");
            case 'n' -> expect("null");
            case 'N' -> expect("NaN");
            case 'I' -> expect("Infinity");
            default -> readNumber();
        }
        to = at;
    }

    private void readNumber() throws JsonException {
        if (peek() == '-') {
            at++;
        }
        if (peek() == 'I') {
            expect("Infinity");
            return;
        }
        if (peek() == '0') {
            at++;
        } else {
            readDigits();
        }
        if (peek() == '.') {
            at++;
            readDigits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            readDigits();
        }
    }

    private void readDigits() throws JsonException {
        int i = at;
        while (i < in.length && isDigit(in[i])) {
            i++;
        }
        if (i == at) {
            throw broken();
        }
        at = i;
    }

    private void readString() throws JsonException {
        int start = at + 1;
        from = start;
        escaped = false;
        int i = JsonStrings.plainUntil(in, start);
        if (i < in.length && in[i] == '"') {
            to = i;
            at = i + 1;
            return;
        }
        readEscapedString(i);
    }

    private void readEscapedString(int firstStop) throws JsonException {
        int i = firstStop;
        while (i < in.length && in[i] == '\\') {
            escaped = true;
            i = JsonStrings.plainUntil(in, JsonStrings.escapeUntil(in, i));
        }
        at = i;
        to = i;
        expect((byte) '"');
    }

    /** The last name or scalar as text with escapes resolved. Malformed UTF-8 becomes the replacement character. */
    String text() {
        return escaped ? JsonStrings.unescape(in, from, to) : new String(in, from, to - from, StandardCharsets.UTF_8);
    }

    /** The last name if a decoder reads it, otherwise {@link FieldNames#OTHER}. */
    String wantedName() {
        return escaped ? FieldNames.find(text()) : FieldNames.find(in, from, to);
    }

    /** The last scalar as a byte, 0 to 255; -1 for anything else. */
    int unsignedByte() {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + in[i] - '0';
            if (!isDigit(in[i]) || value > 255) {
                return -1;
            }
        }
        return value;
    }

    private byte skipBlanks() {
        byte found = peek();
        if (found > ' ') {
            return found;
        }
        while (found == ' ' || found == '\n' || found == '\r' || found == '\t') {
            at++;
            found = peek();
        }
        return found;
    }

    private void expect(byte wanted) throws JsonException {
        if (peek() != wanted) {
            throw broken();
        }
        at++;
    }

    private void expect(String literal) throws JsonException {
        for (int i = 0; i < literal.length(); i++) {
            expect((byte) literal.charAt(i));
        }
    }

    private JsonException broken() {
        return JsonException.broken(at);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
