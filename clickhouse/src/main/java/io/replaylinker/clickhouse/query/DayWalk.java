package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.TableRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Goes back over the days until a page is full: what is newest is read first, and a question that has many answers never reads them all. */
final class DayWalk {

    /** Growth of what is read from one step to the next: of the rows of a day any share may make it into the answer. */
    private static final int GROWTH = 4;

    /**
     * A day on which replays started that have rows.
     *
     * @param rows how many at most are worth reading
     */
    record Day(LocalDate date, long rows) {

        static Day of(TableRow row) {
            return new Day(LocalDate.parse(row.text("day_of_start")), row.number("rows"));
        }
    }

    /** What a question finds within days. */
    interface Step {

        /** Replays that started within these days, the newest first, among the same start the smaller id first; at most so many. */
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
     * Goes through some days at once, and only if they do not fill the page through those before.
     *
     * @param from first of these, which may be before those of the filter
     * @param until last of them
     * @param before tells the days until such a day that have rows, the newest first
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
