package io.replaylinker.sinks.clickhouse.query;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question whose answer is a list of replays, as {@link BackwardWalk} asks it, and the check of what the tables nominate. */
interface Nomination {

    /**
     * Replays that started within these days, the newest first, among the same start the smaller id first.
     *
     * @param after leave out those up to there; null for none
     */
    List<Candidate> candidates(LocalDate from, LocalDate until, @Nullable Cursor after, int limit);

    /** The last day, not after that one, on which there is any candidate. */
    Optional<LocalDate> newestDay(LocalDate until);

    /** Those that hold; of a candidate that no longer does there is no hit. */
    List<Checked> checked(List<Candidate> candidates);

    /** A candidate that holds, and what is told of it. */
    record Checked(Candidate candidate, ReplayHit hit) {}
}
