package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.TableRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Walks back over the days until a page is full. The newest days are read first, so a query with many results never reads all of them. */
final class DayWalk {

    /** Growth of the number of rows read from one step to the next. Any share of a day's rows may match. */
    private static final int GROWTH = 4;

    /**
     * A day on which replays with rows started.
     *
     * @param rows upper bound of the rows worth reading
     */
    record Day(LocalDate date, long rows) {

        static Day of(TableRow row) {
            return new Day(LocalDate.parse(row.text("day_of_start")), row.number("rows"));
        }
    }

    /** Finds the results within a range of days. */
    interface Step {

        /** Returns replays that started within these days, newest first, then by id, up to the limit. */
        List<ReplayHit> hits(LocalDate from, LocalDate until, int limit);
    }

    private final LocalDate first;
    private final int limit;
    private final Step step;

    DayWalk(Filter filter, Step step) {
        this.first = filter.firstDay();
        this.limit = filter.limit();
        this.step = step;
    }

    /**
     * Searches the first range of days at once, and earlier days only if the page is not full.
     *
     * @param from first day of the range, which may be before those of the filter
     * @param until last day of the range
     * @param before returns the days up to a given day that have rows, newest first
     */
    Page<ReplayHit> page(LocalDate from, LocalDate until, Function<LocalDate, List<Day>> before) {
        LocalDate since = from.isBefore(first) ? first : from;
        List<ReplayHit> found = new ArrayList<>(step.hits(since, until, limit + 1));
        if (found.size() <= limit && since.isAfter(first)) {
            goBack(before.apply(since.minusDays(1)), found);
        }
        return Page.of(found, limit, ReplayHit::place);
    }

    private void goBack(List<Day> days, List<ReplayHit> found) {
        long enough = limit + 1L;
        int next = 0;
        while (next < days.size() && found.size() <= limit) {
            LocalDate until = days.get(next).date();
            for (long rows = 0; next < days.size() && rows < enough; next++) {
                rows += days.get(next).rows();
            }
            found.addAll(step.hits(days.get(next - 1).date(), until, limit + 1 - found.size()));
            enough *= GROWTH;
        }
    }
}
