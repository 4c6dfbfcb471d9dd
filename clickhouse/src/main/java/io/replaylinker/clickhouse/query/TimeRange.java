package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Of an answer of replays, the newest first, the stretch that one query brings: what a query says of it as {@code started} and
 * {@code replay_id}, in as few conditions as will do.
 *
 * @param from first day of a start, on which the tables' keys go by
 * @param until last day of a start
 * @param first earliest start, inclusive
 * @param last latest start, inclusive
 * @param afterId of those that started at the last moment only the larger ids; null for all
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

    /** What of these days belongs to an answer that goes on after the cursor and ends with replays since then. */
    static TimeRange of(LocalDate from, LocalDate until, Filter filter, @Nullable Cursor after) {
        Instant first = max(start(from), Instant.ofEpochMilli(filter.sinceMs()));
        Instant last = start(until.plusDays(1)).minusMillis(1);
        return after == null || after.at().isAfter(last)
                ? new TimeRange(from, until, first, last, null)
                : new TimeRange(from, until, first, after.at(), after.id());
    }

    /** Whether the replay is of it: the condition in another language. */
    boolean holds(KnownReplay replay) {
        Instant started = replay.startedAt();
        boolean within = !started.isBefore(first) && !started.isAfter(last);
        return within
                && (afterId == null
                        || started.isBefore(last)
                        || replay.replayId().compareTo(afterId) > 0);
    }

    /** For HAVING. */
    String condition() {
        return afterId == null ? WITHIN : WITHIN + AFTER;
    }

    /** With the values of the condition, and of {@code day_before} and {@code day_after}. */
    Parameters in(Parameters parameters) {
        days(parameters).time("first_start", first).time("last_start", last);
        return afterId == null ? parameters : parameters.id("after_id", afterId);
    }

    /** With the values of {@code day_before} and {@code day_after}, between which all rows of such replays lie. */
    Parameters days(Parameters parameters) {
        return parameters
                .text("day_before", Days.text(from.minusDays(1)))
                .text("day_after", Days.text(until.plusDays(1)));
    }

    /** What of it started that day or later. */
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
