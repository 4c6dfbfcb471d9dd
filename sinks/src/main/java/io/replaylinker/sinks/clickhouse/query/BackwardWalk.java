package io.replaylinker.sinks.clickhouse.query;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes back through the days in growing windows until a page is full: what is newest is read first, and a question that has many
 * answers never reads all of them. Days without any candidate are jumped over.
 */
final class BackwardWalk {

    /** Growth of the window from one step to the next. */
    private static final int GROWTH = 4;

    /** Some candidates do not hold, so a little more is asked for than is wanted. */
    private static final int FEWEST_AT_ONCE = 16;

    private final Nomination nomination;
    private final LocalDate floor;
    private final int limit;
    private @Nullable Cursor after;
    private LocalDate until;
    private long window = 1;

    private BackwardWalk(Nomination nomination, Filter filter) {
        this.nomination = nomination;
        this.floor = filter.since() == null ? Days.FIRST : Lives.day(filter.since());
        this.limit = filter.limit();
        this.after = filter.after();
        this.until = after == null ? Days.LAST : Lives.day(after.at());
    }

    /** A page; each hit once. */
    static Page<ReplayHit> page(Nomination nomination, Filter filter) {
        Page<Nomination.Checked> page =
                Page.of(new BackwardWalk(nomination, filter).gather(), filter.limit(), last -> last.candidate()
                        .place());
        return new Page<>(page.rows().stream().map(Nomination.Checked::hit).toList(), page.next());
    }

    /** One more than the limit, if there are so many. A check is dear, so it is made of many candidates at once. */
    private List<Nomination.Checked> gather() {
        List<Nomination.Checked> found = new ArrayList<>();
        while (found.size() <= limit) {
            int wanted = Math.max(FEWEST_AT_ONCE, limit + 1 - found.size());
            List<Candidate> candidates = candidates(wanted);
            found.addAll(nomination.checked(candidates));
            if (candidates.size() < wanted) {
                break;
            }
        }
        return found;
    }

    /** The next ones, of as many windows as it takes; fewer only when there are no more. */
    private List<Candidate> candidates(int wanted) {
        List<Candidate> candidates = new ArrayList<>();
        while (candidates.size() < wanted) {
            Optional<LocalDate> newest = nomination.newestDay(until);
            if (newest.isEmpty() || newest.get().isBefore(floor)) {
                break;
            }
            LocalDate back = newest.get().minusDays(window - 1);
            LocalDate from = back.isBefore(floor) ? floor : back;
            int missing = wanted - candidates.size();
            List<Candidate> more = nomination.candidates(from, newest.get(), after, missing);
            candidates.addAll(more);
            if (more.size() < missing) {
                until = from.minusDays(1);
                window *= GROWTH;
            } else {
                until = newest.get();
                after = more.get(missing - 1).place();
            }
        }
        return candidates;
    }
}
