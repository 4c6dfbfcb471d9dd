package io.replaylinker.clickhouse.query;

import java.time.LocalDate;

/** Days within the range of ClickHouse's {@code Date}. */
final class Days {

    static final LocalDate FIRST = LocalDate.EPOCH;
    static final LocalDate LAST = LocalDate.of(2149, 6, 6);

    private Days() {}

    /** The day in the server's format; a day outside the range becomes the nearest one within it. */
    static String text(LocalDate day) {
        LocalDate held = day.isBefore(FIRST) ? FIRST : day.isAfter(LAST) ? LAST : day;
        return held.toString();
    }
}
