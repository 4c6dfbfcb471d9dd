package io.replaylinker.clickhouse.query;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What narrows a question.
 *
 * @param organization null for all
 * @param project of the replay where replays are asked for, of the event where events are; null for all
 * @param since no replay that started, and no event that happened, before it; null for all that is kept
 * @param limit of what is on a page, 1 to 1000
 * @param after where the page before ended; null for the first
 */
public record Filter(
        @Nullable Long organization,
        @Nullable Long project,
        @Nullable Instant since,
        int limit,
        @Nullable Cursor after) {

    /** The largest page. */
    public static final int MAX_LIMIT = 1_000;

    /** @throws IllegalArgumentException for another limit */
    public Filter {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " rows");
        }
    }

    /** Nothing is left out. */
    public static Filter page(int limit) {
        return new Filter(null, null, null, limit, null);
    }

    public Filter of(@Nullable Long organization) {
        return new Filter(organization, project, since, limit, after);
    }

    public Filter in(@Nullable Long project) {
        return new Filter(organization, project, since, limit, after);
    }

    public Filter since(@Nullable Instant since) {
        return new Filter(organization, project, since, limit, after);
    }

    public Filter after(@Nullable Cursor after) {
        return new Filter(organization, project, since, limit, after);
    }

    /** Whether it leaves out nothing on the first page. */
    boolean isOpen() {
        return project == null && isOpenInTime();
    }

    /** Whether it leaves out no time. */
    boolean isOpenInTime() {
        return since == null && after == null;
    }

    /** The first day on which what is looked for may have happened. */
    LocalDate firstDay() {
        return since == null ? Days.FIRST : ReplayStates.day(since);
    }

    /** The last day on which what follows may have happened. */
    LocalDate lastDay() {
        return after == null ? Days.LAST : ReplayStates.day(after.at());
    }

    long sinceMs() {
        return since == null ? 0 : Math.max(0, since.toEpochMilli());
    }
}
