package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An id or the first digits of one.
 *
 * @param digits 8 to 32 lower hex digits
 */
public record IdPrefix(String digits) {

    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{8,32}");
    private static final int ALL = 32;
    private static final int SHORT = 8;

    /** @throws IllegalArgumentException for any other text */
    public IdPrefix {
        if (!DIGITS.matcher(digits).matches()) {
            throw new IllegalArgumentException("an id, or the start of one, is 8 to 32 hex digits");
        }
    }

    /** Parses an id or a prefix with dashes, upper case and blanks allowed; empty if the text is not an id. */
    public static Optional<IdPrefix> parse(String text) {
        String digits = text.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        return DIGITS.matcher(digits).matches() ? Optional.of(new IdPrefix(digits)) : Optional.empty();
    }

    /** Returns whether it is a whole id. */
    public boolean isWhole() {
        return digits.length() == ALL;
    }

    /** Adds the range of ids with this prefix, and the first eight digits, which the bloom filters index. */
    Parameters in(Parameters parameters) {
        String rest = "0".repeat(ALL - digits.length());
        return parameters
                .id("short", digits.substring(0, SHORT))
                .id("first", digits + rest)
                .id("last", digits + rest.replace('0', 'f'));
    }

    @Override
    public String toString() {
        return digits;
    }
}
