package io.replaylinker.serdes.trace;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the three grammars share. */
final class HeaderText {

    private HeaderText() {}

    /** What the first part of a list, joined by commas, is read as that can be read; null if there is none. */
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

    /** Whether there are only dashes from there on, or nothing. */
    static boolean isDashes(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == '-') {
            i++;
        }
        return i == text.length();
    }

    /** Without the blanks around: space, tab, and the line ends that hand-written clients leave. */
    static String trim(String text) {
        int from = skipBlanks(text, 0, text.length());
        return text.substring(from, skipBlanksBack(text, from, text.length()));
    }

    /** Index of the first character in [from, to) that is no blank, or to. */
    static int skipBlanks(String text, int from, int to) {
        int i = from;
        while (i < to && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Index after the last character in [from, to) that is no blank, or from. */
    static int skipBlanksBack(String text, int from, int to) {
        int i = to;
        while (i > from && isBlank(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    /** The byte that the two hex digits in [from, to) spell, -1 if they are not exactly that. */
    static int hexByte(String text, int from, int to) {
        if (to - from != 2) {
            return -1;
        }
        int high = hexDigit(text.charAt(from));
        int low = hexDigit(text.charAt(from + 1));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hexDigit(char c) {
        // Character.digit knows the digits of every script.
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
