package io.replaylinker.topology.join;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The replays of a trace that an event may see, each once whoever told of it. */
final class Candidates {

    private final Map<Id, Ranking.Candidate> replays = new HashMap<>(4);
    private boolean crowded;

    private Candidates() {}

    /** Those of the event's own organization; where there are none, those of projects that nobody has placed yet. */
    static Candidates of(EventSummary event, TraceRow trace, Affiliations affiliations) {
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

    List<Ranking.Candidate> all() {
        return new ArrayList<>(replays.values());
    }
}
