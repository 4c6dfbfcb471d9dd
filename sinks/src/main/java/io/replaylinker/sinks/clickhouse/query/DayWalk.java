package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.TableRow;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Goes back over the days until a page is full: what is newest is read first, and a question that has many answers never reads them all. */
final class DayWalk {

    /** Growth of what is read from one step to the next: of the rows of a day any share may make it into the answer. */
    private static final int GROWTH = 4;

    /**
     * Days on which replays started that have rows.
     *
     * @param rows how many at most are worth reading
     */
    record Day(LocalDate from, LocalDate until, long rows) {

        static Day of(TableRow row) {
            LocalDate day = LocalDate.parse(row.text("day_of_start"));
            return new Day(day, day, row.number("rows"));
        }
    }

    /** What a question finds within days. */
    interface Step {

        /** Replays that started within these days, the newest first, among the same start the smaller id first; at most so many. */
        List<ReplayHit> hits(LocalDate from, LocalDate until, int limit);
    }

    /** Everything in one step. */
    static final List<Day> ALL = List.of(new Day(Days.FIRST, Days.LAST, 1));

    private DayWalk() {}

    /**
     * The days to go back over.
     *
     * @param all tells those that have rows, the newest first; not asked where a filter leaves no more than two, which are read at once
     */
    static List<Day> days(Filter filter, Clock clock, Supplier<List<Day>> all) {
        LocalDate yesterday = Lives.day(clock.instant()).minusDays(1);
        return filter.firstDay().isBefore(yesterday)
                ? all.get()
                : List.of(new Day(filter.firstDay(), filter.lastDay(), 1));
    }

    /** @param days the newest first */
    static Page<ReplayHit> page(List<Day> days, int limit, Step step) {
        List<ReplayHit> found = new ArrayList<>();
        long enough = limit + 1L;
        int next = 0;
        while (next < days.size() && found.size() <= limit) {
            LocalDate until = days.get(next).until();
            for (long rows = 0; next < days.size() && rows < enough; next++) {
                rows += days.get(next).rows();
            }
            found.addAll(step.hits(days.get(next - 1).from(), until, limit + 1 - found.size()));
            enough *= GROWTH;
        }
        return Page.of(found, limit, ReplayHit::place);
    }
}
