package io.replaylinker.serdes.trace;

/** What the three grammars share. */
final class HeaderText {

    private HeaderText() {}

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
