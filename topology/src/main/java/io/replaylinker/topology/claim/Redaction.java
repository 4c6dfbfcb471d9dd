package io.replaylinker.topology.claim;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Removes from a text what may name a person or hold a secret: query strings, the credentials of an address, e-mail and network addresses,
 * and the names of home folders.
 */
final class Redaction {

    private static final Pattern CREDENTIALS = Pattern.compile("://[^\\s/@?#]+@");
    private static final Pattern QUERY = Pattern.compile("\\?[^\\s\"'<>()\\[\\]{}?]*=[^\\s\"'<>()\\[\\]{}]*");
    private static final Pattern EMAIL = Pattern.compile("[\\w.+%-]+@[\\w-]+(?:\\.[\\w-]+)+");
    private static final Pattern IPV4 =
            Pattern.compile("(?<![\\w.])(?!127\\.)\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\w.]*\\w)");
    private static final Pattern IPV6 = Pattern.compile(
            "(?<![\\w:.])(?=[0-9a-fA-F:]*\\d)(?:(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{1,4}|(?=[0-9a-fA-F:]*::)[0-9a-fA-F:]{4,39})(?![\\w:])");
    private static final Pattern HOME =
            Pattern.compile("(?<![\\w/\\\\.-])((?:[A-Za-z]:)?[/\\\\](?:home|Users)[/\\\\])[^/\\\\\\s:\"']+");

    private Redaction() {}

    static @Nullable String redact(@Nullable String text) {
        if (text == null || !isSuspect(text)) {
            return text;
        }
        String redacted = CREDENTIALS.matcher(text).replaceAll("://[redacted]@");
        redacted = QUERY.matcher(redacted).replaceAll("?[redacted]");
        redacted = EMAIL.matcher(redacted).replaceAll("[email]");
        redacted = IPV4.matcher(redacted).replaceAll("[ip]");
        redacted = IPV6.matcher(redacted).replaceAll("[ip]");
        return HOME.matcher(redacted).replaceAll("$1[user]");
    }

    /** Most names of routes and functions hold none of these characters, and need no pattern. */
    private static boolean isSuspect(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '?'
                    || c == '@'
                    || c == ':'
                    || c == '/'
                    || c == '\\'
                    || (c == '.' && i > 0 && isDigit(text, i - 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(String text, int at) {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
