package io.replaylinker.runtime.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats times, lengths and numbers in answers. Times are UTC. */
public final class Words {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private Words() {}

    public static String time(Instant time) {
        return TIME.format(time);
    }

    /** 0.420 s, 12.3 s, 1m 30s, 2h 05m, 3d 4h; a dash for null. */
    public static String length(@Nullable Duration length) {
        if (length == null) {
            return "-";
        }
        if (length.isNegative()) {
            return "-" + length(length.negated());
        }
        long seconds = length.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.3f s", length.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0);
        }
        if (seconds < 3_600) {
            return "%dm %02ds".formatted(seconds / 60, seconds % 60);
        }
        return seconds < 86_400
                ? "%dh %02dm".formatted(seconds / 3_600, seconds / 60 % 60)
                : "%dd %dh".formatted(seconds / 86_400, seconds / 3_600 % 24);
    }

    /** From the replay's start, as +4.170 s. */
    public static String offset(Duration offset) {
        return String.format(Locale.ROOT, "%+.3f s", offset.toMillis() / 1000.0);
    }

    /** An id that a long holds as its bits. */
    public static String id(long id) {
        return Long.toUnsignedString(id);
    }

    public static String share(long part, long all) {
        return all == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all);
    }

    /** Names are untrusted: nothing in them may move the cursor of a terminal. */
    public static String cut(String text, int length) {
        String plain = text.codePoints()
                .map(point ->
                        Character.isISOControl(point) || Character.getType(point) == Character.FORMAT ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.codePointCount(0, plain.length()) <= length
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, length - 3)) + "...";
    }
}
