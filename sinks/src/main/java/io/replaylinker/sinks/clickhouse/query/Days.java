package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.TableRow;
import java.time.LocalDate;
import java.util.Optional;

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

    /** What a query for the newest day tells: a day, and of how many rows. */
    static Optional<LocalDate> newest(TableRow row) {
        return row.number("rows") == 0 ? Optional.empty() : Optional.of(LocalDate.parse(row.text("newest")));
    }
}
