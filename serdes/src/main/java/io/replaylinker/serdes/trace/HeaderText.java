package io.replaylinker.serdes.trace;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Functions that the three header grammars share. */
final class HeaderText {

    private HeaderText() {}

    /** Returns the first readable part of a list, separated by commas; null if there is none. */
    static <T> @Nullable T firstOfList(@Nullable String list, Function<String, @Nullable T> part) {
        if (list == null) {
            return null;
        }
        int length = list.length();
        for (int from = 0; from <= length; ) {
            int comma = list.indexOf(',', from);
            int to = comma < 0 ? length : comma;
            T read = part.apply(trim(list.substring(from, to)));
            if (read != null) {
                return read;
            }
            from = to + 1;
        }
        return null;
    }

    /** Returns whether only dashes, or nothing, follow from this index. */
    static boolean isDashes(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == '-') {
            i++;
        }
        return i == text.length();
    }

    /** Removes surrounding blanks: space, tab, and the line ends of hand-written clients. */
    static String trim(String text) {
        int from = skipBlanks(text, 0, text.length());
        return text.substring(from, skipBlanksBack(text, from, text.length()));
    }

    /** The index of the first character in [from, to) that is not a blank, or to. */
    static int skipBlanks(String text, int from, int to) {
        int i = from;
        while (i < to && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The index after the last character in [from, to) that is not a blank, or from. */
    static int skipBlanksBack(String text, int from, int to) {
        int i = to;
        while (i > from && isBlank(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    /** The byte of the two hex digits in [from, to), or -1 for anything else. */
    static int hexByte(String text, int from, int to) {
        if (to - from != 2) {
            return -1;
        }
        int high = hexDigit(text.charAt(from));
        int low = hexDigit(text.charAt(from + 1));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hexDigit(char c) {
        // Character.digit accepts the digits of every script.
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
