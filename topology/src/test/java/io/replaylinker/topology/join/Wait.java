package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.List;

/**
 * The wait of one event.
 *
 * @param inTime what is certain to be known when it ends
 * @param afterwards the rest of what is within memory, in the order of arrival
 * @param isSettled it is certain to end before any of the rest is known
 */
record Wait(List<Fact> inTime, List<Fact> afterwards, boolean isSettled) {

    /**
     * The wait of an event.
     *
     * @param all within memory of it, in the order of arrival
     */
    static Wait of(Fact.Event event, List<Fact> all) {
        boolean late = event.arrival().takenIn() > event.arrival().epoch();
        boolean startsAnew = late && !replaySideMovesOn(event, all);
        List<Fact> inTime = new ArrayList<>();
        List<Fact> afterwards = new ArrayList<>();
        for (Fact fact : all) {
            boolean known = late ? isInTimeForLate(fact, event, startsAnew) : isInTime(fact, event);
            (known ? inTime : afterwards).add(fact);
        }
        return new Wait(inTime, afterwards, (!late || startsAnew) && !replaySideIsHeld(event, all));
    }

    /** What is known in time, and some of the rest. */
    List<Fact> and(List<Fact> some) {
        List<Fact> all = new ArrayList<>(inTime);
        all.addAll(some);
        return all;
    }

    /** What is of the event's own time is, since the replay side's clock stands still while it is held up. */
    private static boolean isInTime(Fact fact, Fact.Event event) {
        return fact.arrival().epoch() <= event.arrival().epoch();
    }

    /** What was there before the event is; and all that comes with it, if its wait starts anew. */
    private static boolean isInTimeForLate(Fact fact, Fact.Event event, boolean startsAnew) {
        int taken = event.arrival().takenIn();
        return fact.arrival().takenIn() < taken
                || (startsAnew && fact.arrival().takenIn() == taken)
                || fact.arrival().equals(event.arrival());
    }

    private static boolean replaySideIsHeld(Fact.Event event, List<Fact> all) {
        int taken = event.arrival().takenIn();
        return all.stream()
                .anyMatch(fact -> fact instanceof Fact.Segment
                        && fact.arrival().epoch() <= taken
                        && fact.arrival().takenIn() > taken);
    }

    /** Its clock moves on while the event comes, so that it is not known what the wait begins with. */
    private static boolean replaySideMovesOn(Fact.Event event, List<Fact> all) {
        int taken = event.arrival().takenIn();
        return all.stream()
                .anyMatch(fact -> fact instanceof Fact.Segment
                        && fact.arrival().epoch() < taken
                        && fact.arrival().takenIn() == taken);
    }
}
