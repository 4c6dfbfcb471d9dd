package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;

/**
 * Builds a link from a claim and its replay. The result depends on nothing else, neither on a clock nor on randomness.
 */
final class Links {

    private Links() {}

    static Link link(Claim claim, ClaimRow.LinkFacts facts, long version, boolean deleted) {
        Link link = new Link();
        link.setEvent(claim.getEvent());
        link.setReplayId(claim.getReplayId());
        link.setReplayProjectId(facts.project());
        link.setReplayStartedMs(facts.startedMs());
        link.setRetentionDays(facts.retentionDays());
        link.setMethod(claim.getMethod());
        link.setConfidence(facts.confidence());
        link.setInSession(facts.inSession());
        link.setConfirmed(facts.confirmed());
        link.setLinkedAtMs(facts.linkedAtMs());
        link.setVersion(version);
        link.setDeleted(deleted);
        return link;
    }

    /** Facts for the retraction of a link whose own facts are not known. */
    static ClaimRow.LinkFacts nothing(ReplayView replay) {
        return new ClaimRow.LinkFacts(
                replay.description().project(),
                replay.startedMs(),
                replay.description().retentionDays(),
                0,
                true,
                replay.proven(),
                replay.firstSeenMs());
    }
}
