package io.replaylinker.serdes.sentry;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;

/**
 * Moments as Sentry's producers write them: seconds since 1970 with a fraction, as a number or as text, or ISO 8601 text with or
 * without an offset (without: UTC). Rounded to the nearest millisecond. What is not after 1970 or not before the year 10000 is
 * unknown: no clock says so, and it would overflow further down.
 */
final class EpochMillis {

    /** No moment, or none that a clock can show. */
    static final long UNKNOWN = 0;

    /** Start of the year 10000. */
    private static final long END = 253_402_300_800_000L;

    /** Where both are possible, larger numbers are milliseconds: as seconds they would be after the year 5000. */
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

    /** As {@link #ofText}, but a number above 1e11 counts milliseconds. */
    static long ofSecondsOrMillis(String text) {
        // Ten digits and a point are seconds of this century, and a date has a dash at the fifth place.
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

    /** Digits, then perhaps a point and more digits: what all but the odd producer writes, without the price of a double. */
    private static long ofPlainDecimal(String text) {
        int point = text.indexOf('.');
        int end = point < 0 ? text.length() : point;
        // Nobody's seconds have more digits; and so nothing can overflow.
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

    /** Behind the last digit of a fraction there are zeros. */
    private static int digitAt(String text, int index) {
        return index < text.length() ? text.charAt(index) - '0' : 0;
    }

    private static long ofUnusualText(String text) {
        try {
            // The fifth character of a date is a dash, and no number has one there, 1e99-9 included.
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
        // Rounding gives 0 for NaN and the largest long for what is too large for one.
        return known(Math.round(seconds * 1000));
    }

    private static long known(long millis) {
        return millis > 0 && millis < END ? millis : UNKNOWN;
    }
}
