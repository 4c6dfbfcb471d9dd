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
    private final Filter filter;
    private final List<Nomination.Checked> found = new ArrayList<>();

    private BackwardWalk(Nomination nomination, Filter filter) {
        this.nomination = nomination;
        this.filter = filter;
    }

    /** A page; each hit once. */
    static Page<ReplayHit> page(Nomination nomination, Filter filter) {
        BackwardWalk walk = new BackwardWalk(nomination, filter);
        walk.gather();
        Page<Nomination.Checked> page =
                Page.of(walk.found, filter.limit(), last -> last.candidate().place());
        return new Page<>(page.rows().stream().map(Nomination.Checked::hit).toList(), page.next());
    }

    private void gather() {
        Cursor after = filter.after();
        LocalDate floor = filter.since() == null ? Days.FIRST : Lives.day(filter.since());
        LocalDate until = after == null ? Days.LAST : Lives.day(after.at());
        long window = 1;
        while (found.size() <= filter.limit()) {
            Optional<LocalDate> newest = nomination.newestDay(until);
            if (newest.isEmpty() || newest.get().isBefore(floor)) {
                return;
            }
            LocalDate back = newest.get().minusDays(window - 1);
            LocalDate from = back.isBefore(floor) ? floor : back;
            gather(from, newest.get(), after);
            until = from.minusDays(1);
            window *= GROWTH;
        }
    }

    private void gather(LocalDate from, LocalDate until, @Nullable Cursor start) {
        Cursor after = start;
        while (found.size() <= filter.limit()) {
            int limit = Math.max(FEWEST_AT_ONCE, filter.limit() + 1 - found.size());
            List<Candidate> candidates = nomination.candidates(from, until, after, limit);
            found.addAll(nomination.checked(candidates));
            if (candidates.size() < limit) {
                return;
            }
            after = candidates.get(candidates.size() - 1).place();
        }
    }
}
