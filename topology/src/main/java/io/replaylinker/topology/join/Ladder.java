package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Lookup;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.List;
import java.util.Objects;

/**
 * Decides whose an event is from what is known of one trace, strongest evidence first: its path, the trace's only visit, its user.
 * A wrong link is worse than none: where several visits share the trace and nothing ties the event to one of them, there is none.
 */
final class Ladder {

    private final JoinSettings settings;
    private final Affiliations affiliations;

    Ladder(JoinSettings settings, Affiliations affiliations) {
        this.settings = settings;
        this.affiliations = affiliations;
    }

    /** What a decision rests on, for those who ask why. */
    record Grounds(Visits visits, Path path, Decision decision) {}

    /**
     * What is known of the trace makes of an event.
     *
     * @param row the event, with what was decided on it before: what led there may be remembered no longer, and that is no reason
     *     to doubt it
     * @param nowMs how far expiry has come, epoch milliseconds of the watermark
     */
    Grounds decide(ResolvedRow row, Trace trace, long nowMs) {
        Claim claim = row.claim();
        Visits visits = Visits.of(claim.getEvent(), trace.row(), affiliations);
        Lookup lookup = claim.getLookups().get(claim.getLookup());
        Path path =
                Path.of(claim, lookup.getParents(), trace, affiliations, nowMs).remembering(row, nowMs);
        Decision decision = isForgotten(row.decision(), trace.row()) ? row.decision() : decide(claim, visits, path);
        return new Grounds(visits, path, decision);
    }

    private static boolean isForgotten(Decision decision, TraceRow trace) {
        return (decision.method() == Method.TRACE || decision.method() == Method.USER)
                && trace.crowds().isEmpty()
                && trace.visits().stream().noneMatch(visit -> Objects.equals(decision.replay(), visit.replay()));
    }

    private Decision decide(Claim claim, Visits visits, Path path) {
        if (path.replay() != null && allows(claim, Method.SPAN)) {
            return Decision.bySpan(path.replay(), path.buffering());
        }
        if (visits.isCrowded()) {
            return Decision.none(UnlinkedReason.SHARED_TRACE);
        }
        if (!visits.hasReplay()) {
            return Decision.TRACE_NOT_SEEN;
        }
        if (path.end() == Path.End.VISIT) {
            Id sole = visits.soleUnnamed();
            return sole == null
                    ? Decision.none(UnlinkedReason.UNRECORDED_VISIT)
                    : byTrace(claim, Decision.byTrace(sole, Decision.ONE_VISIT, false));
        }
        Id sole = visits.sole();
        if (sole != null) {
            return byTrace(claim, Decision.byTrace(sole, Decision.ONE_VISIT, true));
        }
        Decision byUser = byUser(claim, visits);
        return byUser.reason() == UnlinkedReason.SHARED_TRACE && settings.traceShared() == SharedTrace.NEAREST
                ? byTrace(claim, Ranking.choose(claim.getEvent().getTimestampMs(), visits.replays(), settings))
                : byUser;
    }

    private Decision byUser(Claim claim, Visits visits) {
        List<Visit> same = visits.ofUser(claim.getUser(), claim.getAddress());
        if (same.size() != 1 || !allows(claim, Method.USER)) {
            return Decision.none(UnlinkedReason.SHARED_TRACE);
        }
        Id replay = same.get(0).replay();
        return replay == null ? Decision.none(UnlinkedReason.UNRECORDED_VISIT) : Decision.byUser(replay);
    }

    private Decision byTrace(Claim claim, Decision decision) {
        return allows(claim, Method.TRACE) ? decision : Decision.TRACE_NOT_SEEN;
    }

    private boolean allows(Claim claim, Method method) {
        return settings.methods().allows(method, claim.getEvent().getProjectId());
    }
}
