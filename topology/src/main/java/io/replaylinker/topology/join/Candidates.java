package io.replaylinker.topology.join;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The replays of a trace that an event may see, each once whoever told of it. */
final class Candidates {

    private final Map<Id, Ranking.Candidate> replays = new HashMap<>(4);
    private boolean crowded;

    private Candidates() {}

    static Candidates of(EventSummary event, @Nullable TraceRow trace, Affiliations affiliations) {
        return trace == null ? new Candidates() : seen(event, trace, affiliations);
    }

    /** Those of the event's own organization; where there are none, those of projects that nobody has placed yet. */
    private static Candidates seen(EventSummary event, TraceRow trace, Affiliations affiliations) {
        Candidates own = new Candidates();
        Candidates unknown = new Candidates();
        for (TraceRow.Witness witness : trace.witnesses()) {
            switch (affiliations.matchObserver(event.getOrganizationId(), witness.observer())) {
                case SAME -> own.add(witness);
                case UNKNOWN -> unknown.add(witness);
                case FOREIGN -> {}
            }
        }
        for (TraceRow.Crowd crowd : trace.crowds()) {
            switch (affiliations.matchObserver(event.getOrganizationId(), crowd.observer())) {
                case SAME -> own.crowded = true;
                case UNKNOWN -> unknown.crowded = true;
                case FOREIGN -> {}
            }
        }
        // Who is not known yet must not spoil what is; alone it is confirm that makes it wait.
        return own.replays.isEmpty() && !own.crowded ? unknown : own;
    }

    private void add(TraceRow.Witness witness) {
        replays.merge(
                witness.replay(),
                new Ranking.Candidate(witness.replay(), witness.startedMs(), witness.lastSeenMs()),
                Ranking.Candidate::merge);
    }

    Ranking.Choice choose(long eventMs, JoinSettings settings) {
        return crowded || replays.size() > settings.traceMaxReplays()
                ? new Ranking.Choice.None(UnlinkedReason.SHARED_TRACE)
                : Ranking.choose(
                        eventMs,
                        List.copyOf(replays.values()),
                        settings.traceTolerance().toMillis());
    }

    /** Whether there is no other: one that is chosen without a rival stays chosen when its life goes on. */
    boolean isOnly() {
        return replays.size() == 1;
    }

    List<Ranking.Candidate> all() {
        return new ArrayList<>(replays.values());
    }
}
