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

    static long ofSeconds(double seconds) {
        // Written so that NaN fails it too.
        return seconds > 0 && seconds < END_SECONDS ? Math.round(seconds * 1000) : UNKNOWN;
    }

    static long ofText(String text) {
        String moment = text.strip();
        try {
            // The fifth character of a date is a dash, and no number has one there, 1e99-9 included.
            return moment.length() > 4 && moment.charAt(4) == '-'
                    ? ofIso(moment)
                    : ofSeconds(Double.parseDouble(moment));
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
