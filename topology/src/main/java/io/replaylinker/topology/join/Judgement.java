package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import org.jspecify.annotations.Nullable;

/** The verdict on one claim, from nothing but the claim, its replay and what is known of organizations. */
sealed interface Judgement {

    /** The link holds, and says this of the replay. */
    record Linked(ClaimRow.LinkFacts facts) implements Judgement {}

    /** Nothing that arrives will make it a link. */
    record Refused(UnlinkedReason reason) implements Judgement {}

    /** Not yet; should the wait end, this is the reason. */
    record Waiting(UnlinkedReason reason) implements Judgement {}

    /** A better replay was found: there is no link to this one, and nothing to tell but that. */
    record Withdrawn() implements Judgement {}

    static Judgement of(Claim claim, @Nullable ReplayRow replay, Affiliations affiliations, JoinSettings settings) {
        if (claim.getWithdrawn()) {
            return new Withdrawn();
        }
        Affiliations.Match match = replay == null
                ? Affiliations.Match.UNKNOWN
                : affiliations.match(claim.getEvent().getOrganizationId(), organization(replay, affiliations));
        if (match == Affiliations.Match.FOREIGN) {
            return new Refused(UnlinkedReason.TENANT_MISMATCH);
        }
        if (replay != null && replay.archived()) {
            return new Refused(UnlinkedReason.ARCHIVED);
        }
        if (replay == null || !replay.proven()) {
            return !settings.confirm() && claim.getMethod() == Method.REPLAY_ID
                    ? new Linked(unconfirmed(claim))
                    : new Waiting(UnlinkedReason.REPLAY_NOT_SEEN);
        }
        return match == Affiliations.Match.SAME
                ? new Linked(confirmed(claim, replay, settings))
                : new Waiting(UnlinkedReason.TENANT_MISMATCH);
    }

    static long organization(ReplayRow replay, Affiliations affiliations) {
        return replay.organization() != 0
                ? replay.organization()
                : affiliations.of(replay.description().project());
    }

    private static ClaimRow.LinkFacts confirmed(Claim claim, ReplayRow replay, JoinSettings settings) {
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

    /** All that the event itself can tell of a replay that nobody has seen. */
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
