package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import org.jspecify.annotations.Nullable;

/** The verdict on one claim. It depends only on the claim, its replay and the known organizations. */
sealed interface Judgement {

    /** The link holds, with these facts of the replay. */
    record Linked(ClaimRow.LinkFacts facts) implements Judgement {}

    /** No later input will make it a link. */
    record Refused(UnlinkedReason reason) implements Judgement {}

    /** Not decided yet; if the wait ends now, this is the reason. */
    record Waiting(UnlinkedReason reason) implements Judgement {}

    /** A better replay was found: there is no link to this one, and only the retraction is emitted. */
    record Withdrawn() implements Judgement {}

    /** Why there is no link; null when there is one, or when a better replay was found. */
    default @Nullable UnlinkedReason reason() {
        if (this instanceof Refused refused) {
            return refused.reason();
        }
        return this instanceof Waiting waiting ? waiting.reason() : null;
    }

    static Judgement of(Claim claim, ReplayRow replay, Affiliations affiliations, JoinSettings settings) {
        if (claim.getWithdrawn()) {
            return new Withdrawn();
        }
        Seen seen = Seen.by(claim.getEvent().getOrganizationId(), replay, affiliations);
        ReplayView own = seen.own();
        if (own != null && own.archived()) {
            return new Refused(UnlinkedReason.ARCHIVED);
        }
        if (own != null && own.proven()) {
            UnlinkedReason doubt = doubt(claim, own, replay, settings);
            return doubt == null ? new Linked(confirmed(claim, own, settings)) : new Waiting(doubt);
        }
        if (own == null && seen.others() != Affiliations.Match.SAME) {
            return seen.others() == Affiliations.Match.UNKNOWN
                    ? new Waiting(UnlinkedReason.TENANT_MISMATCH)
                    : new Refused(UnlinkedReason.TENANT_MISMATCH);
        }
        return !settings.confirm() && claim.getMethod() == Method.REPLAY_ID
                ? new Linked(unconfirmed(claim))
                : new Waiting(UnlinkedReason.REPLAY_NOT_SEEN);
    }

    /**
     * The reason against a replay that was inferred from the trace or the user and not proven by an id or a path:
     * another user, a time outside of the whole replay, or others on the trace that lie outside. All of these may
     * change while the replay continues.
     */
    private static @Nullable UnlinkedReason doubt(
            Claim claim, ReplayView own, ReplayRow replay, JoinSettings settings) {
        if (claim.getMethod() != Method.TRACE && claim.getMethod() != Method.USER) {
            return null;
        }
        if (own.contradicts(claim.getUser(), claim.getAddress())) {
            return UnlinkedReason.USER_MISMATCH;
        }
        long toleranceMs = settings.traceTolerance().toMillis();
        long momentMs = momentMs(claim);
        // The page was open before its buffered recording. Where page loads are not seen, it may have been another
        // visitor's.
        boolean isAlone = !claim.getPathless() || claim.getPageSeen();
        boolean precedesBuffer = own.isBuffered() && isAlone && momentMs < own.startedMs();
        if (!precedesBuffer && !own.lies(momentMs, toleranceMs)) {
            return UnlinkedReason.OUTSIDE_REPLAY;
        }
        Extent alone = Extent.of(claim);
        Extent extent = alone == null ? null : replay.extent(alone);
        return extent != null && extent.isBeyond(own, toleranceMs) ? UnlinkedReason.SHARED_TRACE : null;
    }

    /** When the event happened, or the work that it is part of was ordered; epoch milliseconds. */
    static long momentMs(Claim claim) {
        long eventMs = claim.getEvent().getTimestampMs();
        return claim.getAnchorMs() == 0 ? eventMs : Math.min(claim.getAnchorMs(), eventMs);
    }

    /**
     * A replay as one organization sees it.
     *
     * @param own observations by its own projects, or by those that may pass for its own; null for none
     * @param others whether other projects observed it: of another organization, or of an unknown one; SAME for none
     */
    record Seen(@Nullable ReplayView own, Affiliations.Match others) {

        static Seen by(long organization, ReplayRow replay, Affiliations affiliations) {
            ReplayView own = null;
            Affiliations.Match others = Affiliations.Match.SAME;
            for (ReplayView view : replay.views()) {
                Affiliations.Match match = affiliations.match(organization, organization(view, affiliations));
                if (match == Affiliations.Match.SAME) {
                    own = own == null ? view : own.merge(view);
                } else if (others != Affiliations.Match.UNKNOWN) {
                    others = match;
                }
            }
            return new Seen(own, others);
        }
    }

    static long organization(ReplayView replay, Affiliations affiliations) {
        return replay.organization() != 0
                ? replay.organization()
                : affiliations.of(replay.description().project());
    }

    private static ClaimRow.LinkFacts confirmed(Claim claim, ReplayView replay, JoinSettings settings) {
        EventSummary event = claim.getEvent();
        return new ClaimRow.LinkFacts(
                replay.description().project(),
                replay.startedMs(),
                replay.description().retentionDays(),
                claim.getConfidence(),
                replay.lies(event.getTimestampMs(), settings.traceTolerance().toMillis()),
                true,
                Math.max(event.getReceivedMs(), replay.firstSeenMs()));
    }

    /** All that the event itself shows of a replay without observations. */
    private static ClaimRow.LinkFacts unconfirmed(Claim claim) {
        EventSummary event = claim.getEvent();
        return new ClaimRow.LinkFacts(
                event.getProjectId(),
                event.getTimestampMs(),
                90,
                claim.getConfidence(),
                true,
                false,
                event.getReceivedMs());
    }
}
