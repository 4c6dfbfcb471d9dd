package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;

/** Makes a link of a claim and what is known of its replay; nothing else goes in, no clock and no random. */
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

    /** Facts for taking back a link whose own are not known. */
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
