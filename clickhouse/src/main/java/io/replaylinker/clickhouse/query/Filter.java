package io.replaylinker.clickhouse.query;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Restricts a query.
 *
 * @param organization null for all
 * @param project of the replay in queries for replays, of the event in queries for events; null for all
 * @param since earliest start of a replay or time of an event, inclusive; null for all that is kept
 * @param until latest time of an event in the queries for the events of a replay, exclusive; null for no limit
 * @param limit size of a page, 1 to 1000
 * @param after end of the previous page; null for the first page
 */
public record Filter(
        @Nullable Long organization,
        @Nullable Long project,
        @Nullable Instant since,
        @Nullable Instant until,
        int limit,
        @Nullable Cursor after) {

    /** The largest page. */
    public static final int MAX_LIMIT = 1_000;

    /** @throws IllegalArgumentException if the limit is out of range */
    public Filter {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " rows");
        }
    }

    /** A filter that leaves out nothing. */
    public static Filter page(int limit) {
        return new Filter(null, null, null, null, limit, null);
    }

    public Filter of(@Nullable Long organization) {
        return new Filter(organization, project, since, until, limit, after);
    }

    public Filter in(@Nullable Long project) {
        return new Filter(organization, project, since, until, limit, after);
    }

    public Filter since(@Nullable Instant since) {
        return new Filter(organization, project, since, until, limit, after);
    }

    public Filter until(@Nullable Instant until) {
        return new Filter(organization, project, since, until, limit, after);
    }

    public Filter after(@Nullable Cursor after) {
        return new Filter(organization, project, since, until, limit, after);
    }

    /** Returns whether the first page leaves out nothing. */
    boolean isOpen() {
        return project == null && isOpenInTime();
    }

    /** Returns whether the time is not restricted. */
    boolean isOpenInTime() {
        return since == null && until == null && after == null;
    }

    /** The first day of the time range. */
    LocalDate firstDay() {
        return since == null ? Days.FIRST : ReplayStates.day(since);
    }

    /** The last day on which rows of the next page may have happened. */
    LocalDate lastDay() {
        return after == null ? Days.LAST : ReplayStates.day(after.at());
    }

    long sinceMs() {
        return since == null ? 0 : Math.max(0, since.toEpochMilli());
    }

    long untilMs() {
        return until == null ? Long.MAX_VALUE : until.toEpochMilli();
    }
}
