package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses among the replays of a trace by the gap between the event and each replay's life. A wrong link is worse than none: where
 * two replays hold the event, or lie equally near, none is chosen.
 */
final class Ranking {

    /** Two replays that both miss the event by about as much cannot be told apart. */
    static final long TOO_CLOSE_MS = 1_000;

    static final double ONE_CANDIDATE = 0.9;
    static final double TIME_CHOSE = 0.6;

    private static final int ID_BYTES = 16;

    private Ranking() {}

    /** A replay's life as its witnesses tell it, epoch milliseconds. */
    record Candidate(Id replay, long startedMs, long lastSeenMs) {

        Candidate merge(Candidate other) {
            return new Candidate(replay, Math.min(startedMs, other.startedMs), Math.max(lastSeenMs, other.lastSeenMs));
        }

        /** 0 when the moment lies inside, else the distance in milliseconds. */
        long gap(long momentMs) {
            return Math.max(0, Math.max(startedMs - momentMs, momentMs - lastSeenMs));
        }
    }

    /** The outcome: a replay, or the reason for none. */
    sealed interface Choice {
        record Chosen(Id replay, double confidence) implements Choice {}

        record None(UnlinkedReason reason) implements Choice {}
    }

    static final Choice NOTHING_SEEN = new Choice.None(UnlinkedReason.TRACE_NOT_SEEN);

    static Choice choose(long eventMs, List<Candidate> replays, long toleranceMs) {
        if (replays.isEmpty()) {
            return NOTHING_SEEN;
        }
        List<Candidate> near = replays.stream()
                .filter(replay -> replay.gap(eventMs) <= toleranceMs)
                .sorted(nearestFirst(eventMs))
                .toList();
        if (near.isEmpty()) {
            return new Choice.None(UnlinkedReason.OUTSIDE_REPLAY);
        }
        Candidate best = near.get(0);
        if (near.size() == 1) {
            return new Choice.Chosen(best.replay(), ONE_CANDIDATE);
        }
        return alike(best.gap(eventMs), near.get(1).gap(eventMs))
                ? new Choice.None(UnlinkedReason.AMBIGUOUS)
                : new Choice.Chosen(best.replay(), TIME_CHOSE);
    }

    private static boolean alike(long bestGap, long nextGap) {
        return bestGap == 0 ? nextGap == 0 : nextGap - bestGap < TOO_CLOSE_MS;
    }

    private static Comparator<Candidate> nearestFirst(long eventMs) {
        return Comparator.<Candidate>comparingLong(replay -> replay.gap(eventMs))
                .thenComparingLong(Candidate::startedMs)
                .thenComparing(
                        replay -> replay.replay().bytes(),
                        (a, b) -> Arrays.compareUnsigned(a, 0, ID_BYTES, b, 0, ID_BYTES));
    }
}
