package io.replaylinker.serdes.trace;

import org.jspecify.annotations.Nullable;

/**
 * Reads the header {@code baggage}: {@code key=value;property...} members separated by commas, blanks allowed around each part, values
 * percent-encoded as UTF-8 ({@code +} is a plus). Source: W3C Baggage, read as Sentry's SDKs read it: several headers may be joined by a
 * comma, members of other vendors may be in between, the later of two members with one key counts, and an unreadable member does not affect
 * the others. Keys are compared case-sensitively and never decoded.
 *
 * <p>Only the last {@value #MAX_BYTES} bytes are read, the most that must be propagated. Each hop appends, so the newest members are last.
 * A member that starts before them is ignored, because a partial value is wrong.
 */
public final class Baggage {

    /** Number of UTF-8 bytes that are read. */
    public static final int MAX_BYTES = 8192;

    private Baggage() {}

    /**
     * Returns the decoded value of a member. It uses no map, because a header has a dozen members and one is wanted.
     *
     * @param key with its prefix, such as {@code sentry-replay_id}
     * @return null if there is no such readable member; empty if its value is empty
     */
    public static @Nullable String value(@Nullable String header, String key) {
        if (header == null) {
            return null;
        }
        String found = null;
        for (int from = readableFrom(header); from < header.length(); ) {
            int comma = header.indexOf(',', from);
            int to = comma < 0 ? header.length() : comma;
            String value = memberValue(header, from, to, key);
            found = value == null ? found : value;
            from = to + 1;
        }
        return found;
    }

    /** The part of a header that is read: the whole header, or the complete members within its last {@value #MAX_BYTES} bytes. */
    public static String bounded(String header) {
        return header.substring(readableFrom(header));
    }

    private static int readableFrom(String header) {
        // No UTF-16 unit takes more than three bytes, so short headers need no count.
        if (header.length() <= MAX_BYTES / 3) {
            return 0;
        }
        int bytes = 0;
        int member = header.length();
        for (int i = header.length() - 1; i >= 0; i--) {
            char c = header.charAt(i);
            if (c == ',') {
                member = i + 1;
            }
            // The two halves of a surrogate pair take four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            if (bytes > MAX_BYTES) {
                return member;
            }
        }
        return 0;
    }

    /** The value of the member in [from, to) if it has that key and is readable. */
    private static @Nullable String memberValue(String header, int from, int to, String key) {
        int start = HeaderText.skipBlanks(header, from, to);
        if (!header.startsWith(key, start)) {
            return null;
        }
        int equals = HeaderText.skipBlanks(header, start + key.length(), to);
        if (equals >= to || header.charAt(equals) != '=') {
            return null;
        }
        int semicolon = header.indexOf(';', equals);
        int valueTo = semicolon < 0 || semicolon > to ? to : semicolon;
        int valueFrom = HeaderText.skipBlanks(header, equals + 1, valueTo);
        return PercentEncoding.decode(
                header.substring(valueFrom, HeaderText.skipBlanksBack(header, valueFrom, valueTo)));
    }
}
