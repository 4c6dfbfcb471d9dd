package io.replaylinker.serdes;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Parses and formats ids. Producers write 32 (spans: 16) hex digits in any case, with dashes anywhere and blanks around. Ids are compared
 * as 128-bit values, never as text, because one stream writes {@code A1B2...} and the next {@code a1b2-...}.
 */
public final class Ids {

    private Ids() {}

    /** Parses an id. Returns null if the text is not an id: not 32 hex digits, or all of them zero. */
    public static @Nullable Id parse(@Nullable CharSequence text) {
        byte[] bytes = parse(text, 16);
        return bytes == null ? null : new Id(bytes);
    }

    /** Parses a span id. Returns null if the text is not a span id: not 16 hex digits, or all of them zero. */
    public static @Nullable SpanId parseSpan(@Nullable CharSequence text) {
        byte[] bytes = parse(text, 8);
        return bytes == null ? null : new SpanId(bytes);
    }

    /** Formats as 32 lower hex digits. */
    public static String hex(Id id) {
        return HexFormat.of().formatHex(id.bytes());
    }

    /** Formats as 16 lower hex digits. */
    public static String hex(SpanId id) {
        return HexFormat.of().formatHex(id.bytes());
    }

    private static byte @Nullable [] parse(@Nullable CharSequence text, int size) {
        if (text == null) {
            return null;
        }
        int end = text.length();
        int from = 0;
        while (from < end && isBlank(text.charAt(from))) {
            from++;
        }
        while (end > from && isBlank(text.charAt(end - 1))) {
            end--;
        }
        byte[] bytes = new byte[size];
        int digits = 0;
        int seen = 0;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c == '-') {
                continue;
            }
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0 || digits == 2 * size) {
                return null;
            }
            bytes[digits >> 1] |= (byte) ((digits & 1) == 0 ? digit << 4 : digit);
            seen |= digit;
            digits++;
        }
        return digits == 2 * size && seen != 0 ? bytes : null;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
