package io.replaylinker.serdes.sentry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Scans the contents of JSON strings as bytes. */
final class JsonStrings {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long BLANKS = ONES * ' ';
    private static final String SHORT_ESCAPES = "\"\\/bfnrt";
    private static final String SHORT_ESCAPED = "\"\\/\b\f\n\r\t";

    private JsonStrings() {}

    /** The index of the next quote, backslash or control character; the length if there is none. */
    static int plainUntil(byte[] in, int from) {
        int i = from;
        for (; i + Long.BYTES <= in.length; i += Long.BYTES) {
            long stops = stops((long) EIGHT_BYTES.get(in, i));
            if (stops != 0) {
                return i + (Long.numberOfTrailingZeros(stops) >> 3);
            }
        }
        while (i < in.length && in[i] != '"' && in[i] != '\\' && (in[i] & 0xff) >= ' ') {
            i++;
        }
        return i;
    }

    /**
     * Sets the high bit of each byte that ends a run. A borrow may set bits above the first true one, never below, and only the first is
     * used. Source of the method: "determine if a word has a zero byte", Bit Twiddling Hacks.
     */
    private static long stops(long bytes) {
        long quote = bytes ^ QUOTES;
        long backslash = bytes ^ BACKSLASHES;
        return (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((bytes - BLANKS) & ~bytes))
                & HIGH_BITS;
    }

    /** The index behind the escape that starts with this backslash. */
    static int escapeUntil(byte[] in, int backslash) throws JsonException {
        int end = backslash + 2;
        if (end > in.length) {
            throw JsonException.broken(in.length);
        }
        if (in[backslash + 1] != 'u') {
            if (SHORT_ESCAPES.indexOf(in[backslash + 1]) < 0) {
                throw JsonException.broken(backslash);
            }
            return end;
        }
        for (int i = end; i < end + 4; i++) {
            if (i >= in.length || Character.digit(in[i], 16) < 0) {
                throw JsonException.broken(backslash);
            }
        }
        return end + 4;
    }

    /** Decodes the contents of a string whose escapes have been checked. */
    static String unescape(byte[] in, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int start = from;
        int escape = plainUntil(in, from);
        while (escape < to) {
            text.append(new String(in, start, escape - start, StandardCharsets.UTF_8));
            if (in[escape + 1] == 'u') {
                text.append((char) Integer.parseInt(new String(in, escape + 2, 4, StandardCharsets.US_ASCII), 16));
                start = escape + 6;
            } else {
                text.append(SHORT_ESCAPED.charAt(SHORT_ESCAPES.indexOf(in[escape + 1])));
                start = escape + 2;
            }
            escape = plainUntil(in, start);
        }
        return text.append(new String(in, start, to - start, StandardCharsets.UTF_8))
                .toString();
    }
}
