package io.replaylinker.clickhouse.query;

import java.time.LocalDate;

/** Days as a {@code Date} of ClickHouse holds them. */
final class Days {

    static final LocalDate FIRST = LocalDate.EPOCH;
    static final LocalDate LAST = LocalDate.of(2149, 6, 6);

    private Days() {}

    /** As the server reads it; a day that it has none for becomes the nearest. */
    static String text(LocalDate day) {
        LocalDate held = day.isBefore(FIRST) ? FIRST : day.isAfter(LAST) ? LAST : day;
        return held.toString();
    }
}
