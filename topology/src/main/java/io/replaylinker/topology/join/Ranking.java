package io.replaylinker.topology.join;

import io.replaylinker.schemas.UnlinkedReason;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses among the replays of a shared trace by the gap between the event and the observations of each replay there.
 * None is chosen where two replays hold the event, or are equally near.
 */
final class Ranking {

    /** Two replays that both miss the event by gaps this similar cannot be distinguished. */
    static final long TOO_CLOSE_MS = 1_000;

    static final double TIME_CHOSE = 0.6;

    private Ranking() {}

    static Decision choose(long eventMs, List<Visit> replays, JoinSettings settings) {
        List<Visit> near = replays.stream()
                .filter(replay ->
                        gap(replay, eventMs) <= settings.traceTolerance().toMillis())
                .sorted(Comparator.<Visit>comparingLong(replay -> gap(replay, eventMs))
                        .thenComparingLong(Visit::startedMs)
                        .thenComparing(Visit::replay, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
        if (near.isEmpty()) {
            return Decision.none(UnlinkedReason.OUTSIDE_REPLAY);
        }
        Visit best = near.get(0);
        boolean ambiguous = near.size() > 1 && alike(gap(best, eventMs), gap(near.get(1), eventMs));
        return best.replay() == null || ambiguous
                ? Decision.none(UnlinkedReason.SHARED_TRACE)
                : Decision.byTrace(best.replay(), TIME_CHOSE);
    }

    /** 0 when the moment lies inside, else the distance in milliseconds. */
    static long gap(Visit replay, long momentMs) {
        return Math.max(0, Math.max(replay.startedMs() - momentMs, momentMs - replay.lastSeenMs()));
    }

    private static boolean alike(long bestGap, long nextGap) {
        return bestGap == 0 ? nextGap == 0 : nextGap - bestGap < TOO_CLOSE_MS;
    }
}
