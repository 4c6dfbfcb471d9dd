package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The part of a result of replays, newest first, that one query reads. It becomes a condition on {@code started} and {@code replay_id} with
 * as few terms as possible.
 *
 * @param from first day of a start, by which the tables are sorted
 * @param until last day of a start
 * @param first earliest start, inclusive
 * @param last latest start, inclusive
 * @param afterId for replays that started at the last moment, only larger ids; null for all
 */
record TimeRange(
        LocalDate from,
        LocalDate until,
        Instant first,
        Instant last,
        @Nullable String afterId) {

    private static final String WITHIN =
            "started BETWEEN {first_start:DateTime64(3, 'UTC')} AND {last_start:DateTime64(3, 'UTC')}";

    private static final String AFTER =
            " AND (started < {last_start:DateTime64(3, 'UTC')} OR replay_id > {after_id:FixedString(16)})";

    /** The part of these days that follows the cursor and satisfies the filter's earliest start. */
    static TimeRange of(LocalDate from, LocalDate until, Filter filter, @Nullable Cursor after) {
        Instant first = max(start(from), Instant.ofEpochMilli(filter.sinceMs()));
        Instant last = start(until.plusDays(1)).minusMillis(1);
        return after == null || after.at().isAfter(last)
                ? new TimeRange(from, until, first, last, null)
                : new TimeRange(from, until, first, after.at(), after.id());
    }

    /** Returns whether the replay is in the range: the same condition in Java. */
    boolean holds(KnownReplay replay) {
        Instant started = replay.startedAt();
        boolean within = !started.isBefore(first) && !started.isAfter(last);
        return within
                && (afterId == null
                        || started.isBefore(last)
                        || replay.replayId().compareTo(afterId) > 0);
    }

    /** The condition for HAVING. */
    String condition() {
        return afterId == null ? WITHIN : WITHIN + AFTER;
    }

    /** Adds the values of the condition, and {@code day_before} and {@code day_after}. */
    Parameters in(Parameters parameters) {
        days(parameters).time("first_start", first).time("last_start", last);
        return afterId == null ? parameters : parameters.id("after_id", afterId);
    }

    /** Adds {@code day_before} and {@code day_after}, which enclose all rows of such replays. */
    Parameters days(Parameters parameters) {
        return parameters
                .text("day_before", Days.text(from.minusDays(1)))
                .text("day_after", Days.text(until.plusDays(1)));
    }

    /** The part of the range that started on that day or later. */
    TimeRange from(LocalDate day) {
        return new TimeRange(day, until, max(start(day), first), last, afterId);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
