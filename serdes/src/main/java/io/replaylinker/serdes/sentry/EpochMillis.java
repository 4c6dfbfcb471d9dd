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
    private static final double END_SECONDS = 253_402_300_800.0;

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .toFormatter();

    private EpochMillis() {}

    private static long ofSeconds(double seconds) {
        // Written so that NaN fails it too.
        return seconds > 0 && seconds < END_SECONDS ? Math.round(seconds * 1000) : UNKNOWN;
    }

    static long ofText(String text) {
        long millis = ofPlainDecimal(text);
        return millis == UNKNOWN ? ofUnusualText(text.strip()) : millis;
    }

    /** Digits, then perhaps a point and more digits: what all but the odd producer writes, without the price of a double. */
    private static long ofPlainDecimal(String text) {
        int point = text.indexOf('.');
        int seconds = point < 0 ? text.length() : point;
        // Up to twelve digits are less than END_SECONDS or compared with it, and nowhere near an overflow.
        if (seconds == 0 || seconds > 12 || seconds == text.length() - 1) {
            return UNKNOWN;
        }
        long millis = 0;
        for (int i = 0; i < Math.max(text.length(), seconds + 4); i++) {
            char c = i < text.length() ? text.charAt(i) : '0';
            if (i != seconds && (c < '0' || c > '9')) {
                return UNKNOWN;
            }
            boolean counts = i < seconds || (i > seconds && i <= seconds + 3);
            boolean roundsUp = i == seconds + 4 && c >= '5';
            millis = counts ? millis * 10 + c - '0' : roundsUp ? millis + 1 : millis;
        }
        return millis < END_SECONDS * 1000 ? millis : UNKNOWN;
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
}
