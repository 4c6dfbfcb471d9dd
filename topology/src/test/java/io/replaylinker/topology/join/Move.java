package io.replaylinker.topology.join;

import java.util.List;

/**
 * One small happening of a story, told in small numbers, so that shrinking has something to take away: fewer moves, lower numbers.
 * What records it becomes is {@link Story}'s to say.
 */
sealed interface Move {

    /** Where a clock of the record was set to by hand. */
    enum Clock {
        RIGHT,
        MISSING,
        ZERO,
        NEGATIVE,
        FUTURE
    }

    /** What an event says of its replay. */
    enum Says {
        ID,
        FLAG,
        TRACE
    }

    /**
     * When a move is made, and what the join does right after it.
     *
     * @param epoch number of the burst of activity it belongs to
     * @param quarters quarters of a second since the burst began
     * @param delay place in the order of arrival among the moves of the burst
     * @param passes resolved claims that confirm takes afterwards
     * @param expires rows that are looked at for expiry afterwards, in each step; 0 for no expiry
     * @param again 1: comes again at once from the same offset, 2: comes again later with a new one
     */
    record Turn(int epoch, int quarters, int delay, int passes, int expires, int again) {

        Turn later(int places) {
            return new Turn(epoch, quarters, delay + places, passes, expires, 0);
        }
    }

    Turn turn();

    /**
     * A segment of a replay.
     *
     * @param age quarters of a second since the replay began by its own clock
     */
    record Segment(
            Turn turn, Clock server, Clock own, int replay, int number, int age, int project, List<Integer> traces)
            implements Move {}

    /**
     * An event.
     *
     * @param age quarters of a second between the event and its receipt
     * @param copied another organization sends an event with the same ids
     */
    record Event(Turn turn, Clock server, Clock own, Says says, Ids ids, int age, int sender, boolean copied)
            implements Move {}

    /** Ids that an event carries; trace 0 for none. */
    record Ids(int replay, int trace) {}

    /** A user deletes a replay. */
    record Archive(Turn turn, int replay, int project) implements Move {}

    /** Many visitors of one cached page, each with a replay that lists the page's trace. */
    record Crowd(Turn turn, int trace, int replays) implements Move {}

    /** An event is deleted: one of the same time, counted round. */
    record Deletion(Turn turn, int which) implements Move {}
}
