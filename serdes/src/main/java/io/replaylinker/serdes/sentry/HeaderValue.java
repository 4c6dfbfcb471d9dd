package io.replaylinker.serdes.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.replaylinker.serdes.trace.Baggage;
import org.jspecify.annotations.Nullable;

/**
 * The values of one request header, joined by commas in their order: several headers of one name, lists, and lists written as JSON into a
 * text. Work and memory are bounded for any number of values.
 */
final class HeaderValue {

    /** Baggage is cut to its limit when it has grown to this many characters, so that a small value costs little. */
    private static final int CUT_AT = 4 * Baggage.MAX_BYTES;

    private final boolean isBaggage;
    private @Nullable StringBuilder joined;

    private HeaderValue(boolean isBaggage) {
        this.isBaggage = isBaggage;
    }

    /** A header that keeps its end: each hop appends, so the newest members are last. */
    static HeaderValue ofBaggage() {
        return new HeaderValue(true);
    }

    /** A header that keeps its start: the first readable id of a list counts. */
    static HeaderValue ofIds() {
        return new HeaderValue(false);
    }

    /** Adds a text or the texts of a list. */
    void read(JsonCursor value) throws JsonException {
        if (value.isArray()) {
            readElements(value);
            return;
        }
        String text = value.longString();
        if (text != null && text.startsWith("[")) {
            readList(text);
        } else {
            add(text);
        }
    }

    private void readElements(JsonCursor list) throws JsonException {
        list.enterArray();
        while (list.nextElement()) {
            add(list.longString());
        }
    }

    /** No header starts with a bracket. If the text is not a list, nothing can read it anyway. */
    private void readList(String text) {
        try {
            readElements(new JsonCursor(text.getBytes(UTF_8)));
        } catch (JsonException e) {
            add(text);
        }
    }

    private void add(@Nullable String value) {
        if (value == null) {
            return;
        }
        if (joined == null) {
            joined = new StringBuilder(Math.min(value.length(), CUT_AT));
        } else if (isBaggage || joined.length() <= JsonCursor.MAX_TEXT) {
            joined.append(',');
        }
        if (isBaggage) {
            appendEnd(joined, value);
        } else if (joined.length() <= JsonCursor.MAX_TEXT) {
            joined.append(value, 0, Math.min(value.length(), JsonCursor.MAX_TEXT + 1));
        }
    }

    /** One character more than the limit shows that something was cut. */
    private static void appendEnd(StringBuilder joined, String value) {
        joined.append(value, Math.max(0, value.length() - Baggage.MAX_BYTES - 1), value.length());
        if (joined.length() > CUT_AT) {
            joined.delete(0, joined.length() - Baggage.MAX_BYTES - 1);
        }
    }

    /** The values within the limit; null if there is none. */
    @Nullable String text() {
        if (joined == null) {
            return null;
        }
        String all = joined.toString();
        return isBaggage ? Baggage.bounded(all) : JsonCursor.bounded(all);
    }
}
