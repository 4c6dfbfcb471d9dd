package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Lookup;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.List;
import java.util.Objects;

/**
 * Decides to which replay an event belongs, from the state of one trace. The strongest evidence comes first: the
 * event's path, the trace's only visit, its user. A wrong link is worse than none: where several visits share the trace
 * and nothing ties the event to one of them, there is none.
 */
final class Ladder {

    /** From the end of rendering to the start of the page in its browser, clock differences included. */
    static final long LONGEST_DELIVERY_MS = 10_000;

    private final JoinSettings settings;
    private final Affiliations affiliations;

    Ladder(JoinSettings settings, Affiliations affiliations) {
        this.settings = settings;
        this.affiliations = affiliations;
    }

    /** The grounds of a decision, for explanations. */
    record Grounds(Visits visits, Path path, Decision decision) {}

    /**
     * Decides an event from the state of the trace.
     *
     * @param row the event with its last decision; evidence that has expired since does not cast doubt on it
     * @param nowMs how far expiry has come, epoch milliseconds of the watermark
     */
    Grounds decide(ResolvedRow row, Trace trace, long nowMs) {
        Claim claim = row.claim();
        Visits visits = Visits.of(claim.getEvent(), trace.row(), affiliations);
        Lookup lookup = claim.getLookups().get(claim.getLookup());
        Path path =
                Path.of(claim, lookup.getParents(), trace, affiliations, nowMs).remembering(row, nowMs);
        Decision decision =
                isForgotten(row.decision(), trace.row()) ? row.decision() : decide(row, trace, visits, path, nowMs);
        return new Grounds(visits, path, decision);
    }

    private static boolean isForgotten(Decision decision, TraceRow trace) {
        return (decision.method() == Method.TRACE || decision.method() == Method.USER)
                && trace.crowds().isEmpty()
                && trace.visits().stream().noneMatch(visit -> Objects.equals(decision.replay(), visit.replay()));
    }

    private Decision decide(ResolvedRow row, Trace trace, Visits visits, Path path, long nowMs) {
        Claim claim = row.claim();
        if (path.replay() != null && allows(claim, Method.SPAN)) {
            return Decision.bySpan(path.replay(), path.buffering());
        }
        if (visits.isCrowded()) {
            return byUser(claim, visits.recordedOf(claim.getUser()));
        }
        if (!visits.hasReplay()) {
            return Decision.TRACE_NOT_SEEN;
        }
        return path.end() == Path.End.VISIT
                ? ofPage(claim, visits, path)
                : byTraceAlone(claim, visits, path.anchorMs(row, nowMs), renderedBefore(claim, trace, visits, nowMs));
    }

    /** The path ends at a page that names no replay. It is the recorded page only if nothing points to another one. */
    private Decision ofPage(Claim claim, Visits visits, Path path) {
        Id sole = visits.soleUnnamed();
        if (sole != null) {
            return byTrace(claim, Decision.byTrace(sole, Decision.ONE_VISIT));
        }
        Visit page = path.root() == null ? null : visits.unnamed(path.root().span());
        Id ofUser = page == null ? null : visits.ofSameUser(page);
        return ofUser == null || !allows(claim, Method.USER)
                ? Decision.none(UnlinkedReason.UNRECORDED_VISIT)
                : Decision.byUser(ofUser);
    }

    private Decision byTraceAlone(Claim claim, Visits visits, long anchorMs, boolean cached) {
        Id sole = cached ? null : visits.sole();
        if (sole != null) {
            return byTrace(
                    claim,
                    visits.beganInBrowser()
                            ? Decision.byTrace(sole, Decision.ONE_VISIT)
                            : Decision.pathless(sole, anchorMs, visits.rootMs() != null));
        }
        Decision byUser = byUser(claim, visits);
        return byUser.reason() == UnlinkedReason.SHARED_TRACE && settings.traceShared() == SharedTrace.NEAREST
                ? byTrace(claim, Ranking.choose(claim.getEvent().getTimestampMs(), visits.replays(), settings))
                : byUser;
    }

    /**
     * Whether a server rendered the page well before its only page load: the page was cached, and others may have
     * received it.
     */
    private boolean renderedBefore(Claim claim, Trace trace, Visits visits, long nowMs) {
        Long rootMs = visits.rootMs();
        return rootMs != null
                && trace.spans().stream()
                        .flatMap(List::stream)
                        .anyMatch(node -> node.isServersRoot()
                                && node.endedMs() < rootMs - LONGEST_DELIVERY_MS
                                && node.isSeenBy(claim.getEvent(), affiliations, nowMs));
    }

    private Decision byUser(Claim claim, Visits visits) {
        List<Visit> same = visits.ofUser(claim.getUser(), claim.getAddress());
        Id ofPage = same.size() < 2 ? null : visits.ofOneUser(same);
        if (ofPage != null && allows(claim, Method.USER)) {
            return Decision.byUser(ofPage);
        }
        return byUser(claim, same);
    }

    private Decision byUser(Claim claim, List<Visit> same) {
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
