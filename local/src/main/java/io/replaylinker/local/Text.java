package io.replaylinker.local;

/** Formats untrusted text for a terminal. */
final class Text {

    private Text() {}

    /** {@code 1 record}, {@code 2 records}. */
    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** Without control characters, which could move the cursor or worse, and not longer than given. */
    static String cut(String text, int length) {
        String plain = text.replaceAll("\\p{C}", "?");
        return plain.length() <= length ? plain : plain.substring(0, length - 3) + "...";
    }
}
