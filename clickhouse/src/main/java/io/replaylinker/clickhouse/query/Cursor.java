package io.replaylinker.clickhouse.query;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page ended: the last thing on it, by its place in the order of the answer. Pages that follow each other neither repeat nor
 * leave out what was there all the time.
 *
 * @param order what is gone through
 * @param timeMs its time, epoch milliseconds, 0 or more
 * @param id its id, 32 lower hex digits, which decides among those of the same millisecond
 * @param occurrence whether it is the issue-platform event of that id, which comes behind the transaction of the same id
 */
public record Cursor(Order order, long timeMs, String id, boolean occurrence) {

    /** The order of an answer. */
    public enum Order {
        /** Events of a replay, the earliest first. */
        EVENTS,
        /** Replays, the newest first. */
        REPLAYS;

        private String letter() {
            return name().substring(0, 1).toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern TOKEN = Pattern.compile("([er])([0-9a-z]{1,11})-([0-9a-f]{32})(o?)");
    private static final String OCCURRENCE = "o";
    private static final int RADIX = 36;

    /** @throws IllegalArgumentException for an id that is none or a time before 1970 */
    public Cursor {
        if (timeMs < 0 || !id.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("no place in an answer");
        }
    }

    /** Of anything but an issue-platform event. */
    public Cursor(Order order, long timeMs, String id) {
        this(order, timeMs, id, false);
    }

    Instant at() {
        return Instant.ofEpochMilli(timeMs);
    }

    /** Text without blanks or anything that a shell knows, to be handed back as it is. */
    public String token() {
        return order.letter() + Long.toString(timeMs, RADIX) + "-" + id + (occurrence ? OCCURRENCE : "");
    }

    /** Empty when the text is no token of that order. */
    public static Optional<Cursor> parse(String token, Order order) {
        Matcher parts = TOKEN.matcher(token.strip());
        if (!parts.matches() || !parts.group(1).equals(order.letter())) {
            return Optional.empty();
        }
        return Optional.of(new Cursor(
                order,
                Long.parseLong(parts.group(2), RADIX),
                parts.group(3),
                parts.group(4).equals(OCCURRENCE)));
    }
}
