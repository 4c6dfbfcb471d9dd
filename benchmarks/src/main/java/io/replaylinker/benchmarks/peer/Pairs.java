package io.replaylinker.benchmarks.peer;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.ReplayObservation;

/** A claim and a sighting that met, as the link that the product would write of them. */
public final class Pairs {

    private static final double BY_TRACE = 0.9;

    private Pairs() {}

    /** The link. What only a look at the whole replay tells is taken from the one sighting. */
    public static Link link(Claim claim, ReplayObservation observation) {
        boolean explicit = claim.getMethod() == Method.REPLAY_ID;
        Link link = new Link();
        link.setEvent(claim.getEvent());
        link.setReplayId(observation.getReplayId());
        link.setReplayProjectId(observation.getProjectId());
        link.setReplayStartedMs(observation.getStartedMs());
        link.setRetentionDays(observation.getRetentionDays());
        link.setMethod(explicit ? Method.REPLAY_ID : Method.TRACE);
        link.setConfidence(explicit ? 1 : BY_TRACE);
        link.setInSession(true);
        link.setConfirmed(true);
        link.setLinkedAtMs(Math.max(claim.getEvent().getReceivedMs(), observation.getSeenMs()));
        link.setVersion(1);
        link.setDeleted(false);
        return link;
    }
}
