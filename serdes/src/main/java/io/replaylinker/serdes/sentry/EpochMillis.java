package io.replaylinker.serdes.sentry;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;

/**
 * Parses times as Sentry's producers write them: seconds since 1970 with a fraction, as a number or as text, or ISO 8601 text with or
 * without an offset (without: UTC). Times are rounded to the nearest millisecond. A time outside 1970 to 9999 is unknown: no clock shows
 * it, and it would overflow later.
 */
final class EpochMillis {

    /** A missing or impossible time. */
    static final long UNKNOWN = 0;

    /** Start of the year 10000. */
    private static final long END = 253_402_300_800_000L;

    /** Where both units are possible, larger numbers are milliseconds. As seconds they would be after the year 5000. */
    private static final double MOST_SECONDS = 1e11;

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .toFormatter();

    private EpochMillis() {}

    static long ofText(String text) {
        long millis = ofPlainDecimal(text);
        return millis == UNKNOWN ? ofUnusualText(text.strip()) : millis;
    }

    /** Like {@link #ofText}, but a number above 1e11 is in milliseconds. */
    static long ofSecondsOrMillis(String text) {
        // Ten digits and a point are seconds of this century. A date has a dash at the fifth position.
        boolean isUsual = text.length() > 10 && (text.charAt(10) == '.' || text.charAt(4) == '-');
        if (isUsual) {
            return ofText(text);
        }
        try {
            double number = Double.parseDouble(text.strip());
            return number > MOST_SECONDS ? known(Math.round(number)) : ofSeconds(number);
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }

    /** Digits with an optional fraction, the usual form. It is parsed without the cost of a double. */
    private static long ofPlainDecimal(String text) {
        int point = text.indexOf('.');
        int end = point < 0 ? text.length() : point;
        // Seconds never have more digits, and with this limit nothing can overflow.
        if (end == 0 || end > 12 || !isDigits(text, 0, end) || !isDigits(text, end + 1, text.length())) {
            return UNKNOWN;
        }
        long millis = 0;
        for (int i = 0; i < end; i++) {
            millis = millis * 10 + text.charAt(i) - '0';
        }
        for (int i = end + 1; i <= end + 3; i++) {
            millis = millis * 10 + digitAt(text, i);
        }
        return known(digitAt(text, end + 4) >= 5 ? millis + 1 : millis);
    }

    private static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** A fraction continues with zeros. */
    private static int digitAt(String text, int index) {
        return index < text.length() ? text.charAt(index) - '0' : 0;
    }

    private static long ofUnusualText(String text) {
        try {
            // The fifth character of a date is a dash. No number has one there, 1e99-9 included.
            return text.length() > 4 && text.charAt(4) == '-' ? ofIso(text) : ofSeconds(Double.parseDouble(text));
        } catch (DateTimeException | NumberFormatException e) {
            return UNKNOWN;
        }
    }

    private static long ofIso(String text) {
        TemporalAccessor moment = ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        OffsetDateTime time =
                moment instanceof OffsetDateTime given ? given : ((LocalDateTime) moment).atOffset(ZoneOffset.UTC);
        return ofSeconds(time.toEpochSecond() + time.getNano() / 1e9);
    }

    private static long ofSeconds(double seconds) {
        // Rounding gives 0 for NaN and the largest long for larger numbers.
        return known(Math.round(seconds * 1000));
    }

    private static long known(long millis) {
        return millis > 0 && millis < END ? millis : UNKNOWN;
    }
}
