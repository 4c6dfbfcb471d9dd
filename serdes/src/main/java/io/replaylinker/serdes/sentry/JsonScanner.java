package io.replaylinker.serdes.sentry;

import java.nio.charset.StandardCharsets;

/**
 * Steps through the JSON text of a record, in UTF-8, value by value. It stands on the first byte of a value; {@link #skip}, or
 * stepping in and out again, moves behind it.
 *
 * <p>Of its own because the way over the nine tenths of an event that nobody wants is the cost of decoding, and a general parser
 * makes tokens, numbers and names of it (docs/performance.md has the figures). It is as strict as RFC 8259 but for two things:
 * bytes inside strings need not be UTF-8, and {@code NaN}, {@code Infinity} and {@code -Infinity} are numbers, because Python's
 * encoder writes them and a measurement that is none must not cost the event.
 */
final class JsonScanner {

    /** Sentry cuts events at a depth below 20; deeper means forged. */
    static final int MAX_DEPTH = 200;

    /** Stands for the end of the input: a zero byte is allowed nowhere in JSON, so that the end needs no checks of its own. */
    private static final byte END = 0;

    private final byte[] in;
    private int at;
    private int depth;

    /** Nothing was read yet of the object or array that was entered last. */
    private boolean fresh;

    /** Ends of the last name or scalar, strings without their quotes. */
    private int from;

    private int to;
    private boolean escaped;

    JsonScanner(byte[] json) {
        in = json;
        boolean marked = json.length > 2 && json[0] == (byte) 0xef && json[1] == (byte) 0xbb && json[2] == (byte) 0xbf;
        at = marked ? 3 : 0;
        skipBlanks();
    }

    /** Stands on what lies at this place inside of a document. */
    JsonScanner(byte[] json, int place) {
        in = json;
        at = place;
        skipBlanks();
    }

    /** The document. */
    byte[] bytes() {
        return in;
    }

    /** Index of the byte that the scanner stands on. */
    int position() {
        return at;
    }

    /** The byte that the scanner stands on, 0 at the end: the first byte of a value tells its type. */
    byte peek() {
        return at < in.length ? in[at] : END;
    }

    /** After the only value of the document: there must be nothing but blanks. */
    void expectEnd() throws JsonException {
        skipBlanks();
        if (at < in.length) {
            throw broken();
        }
    }

    /** Steps into the object or array that the scanner stands on. */
    void enter() throws JsonException {
        if (++depth > MAX_DEPTH) {
            throw JsonException.tooDeep(at);
        }
        at++;
        fresh = true;
    }

    /** Steps to the value of the next field, whose name is then the last scalar; behind the object at its end. */
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

    /** Steps over the comma to the name behind it, if that is all there is between. */
    private boolean isAtNextName() {
        int comma = at;
        if (fresh || comma + 1 >= in.length || in[comma] != ',' || in[comma + 1] != '"') {
            return false;
        }
        at = comma + 1;
        return true;
    }

    /** Steps from the colon behind a name to the value. */
    void readColon() throws JsonException {
        expect((byte) ':');
        skipBlanks();
    }

    /** Steps to the next element; behind the array at its end. */
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

    /** Moves behind the value, without a look at more of it than its grammar. */
    void skip() throws JsonException {
        switch (peek()) {
            case '{' -> {
                enter();
                // Recursion ends at the greatest depth.
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

    /** Moves behind the value, which is no object and no array. */
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

    /** The last name or scalar as text, a string's escapes resolved; malformed UTF-8 becomes the replacement character. */
    String text() {
        return escaped ? JsonStrings.unescape(in, from, to) : new String(in, from, to - from, StandardCharsets.UTF_8);
    }

    /** The last name if it is one that decoders ask for, else {@link FieldNames#OTHER}. */
    String wantedName() {
        return escaped ? FieldNames.find(text()) : FieldNames.find(in, from, to);
    }

    /** The last scalar as a byte, 0 to 255; -1 if it is none. */
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
