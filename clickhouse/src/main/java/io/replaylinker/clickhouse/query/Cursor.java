package io.replaylinker.clickhouse.query;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of a page: the position of its last row in the order of the result. Consecutive pages neither repeat nor skip rows that exist
 * throughout.
 *
 * @param order of the result
 * @param timeMs time of the row, epoch milliseconds, 0 or more
 * @param id of the row, 32 lower hex digits; breaks ties within a millisecond
 * @param occurrence whether the row is the issue-platform event of that id, which follows the transaction with the same id
 */
public record Cursor(Order order, long timeMs, String id, boolean occurrence) {

    /** The order of a result. */
    public enum Order {
        /** Events of a replay, earliest first. */
        EVENTS,
        /** Replays, newest first. */
        REPLAYS;

        private String prefix() {
            return name().substring(0, 1).toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern TOKEN = Pattern.compile("([er])([0-9a-z]{1,11})-([0-9a-f]{32})(o?)");
    private static final String OCCURRENCE = "o";
    private static final int RADIX = 36;

    /** @throws IllegalArgumentException for an invalid id or a time before 1970 */
    public Cursor {
        if (timeMs < 0 || !id.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("not a position in a result");
        }
    }

    /** A cursor for any row but an issue-platform event. */
    public Cursor(Order order, long timeMs, String id) {
        this(order, timeMs, id, false);
    }

    Instant at() {
        return Instant.ofEpochMilli(timeMs);
    }

    /** The cursor as an opaque text without blanks or shell metacharacters. */
    public String token() {
        return order.prefix() + Long.toString(timeMs, RADIX) + "-" + id + (occurrence ? OCCURRENCE : "");
    }

    /** Parses a token; empty if it is not a token of that order. */
    public static Optional<Cursor> parse(String token, Order order) {
        Matcher parts = TOKEN.matcher(token.strip());
        if (!parts.matches() || !parts.group(1).equals(order.prefix())) {
            return Optional.empty();
        }
        return Optional.of(new Cursor(
                order,
                Long.parseLong(parts.group(2), RADIX),
                parts.group(3),
                parts.group(4).equals(OCCURRENCE)));
    }
}
