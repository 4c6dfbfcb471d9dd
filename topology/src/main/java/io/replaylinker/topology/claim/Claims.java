package io.replaylinker.topology.claim;

import io.replaylinker.schemas.Claim;

/** Shallow copies of claims, which share the immutable parts. Avro's builders would copy the event each time. */
public final class Claims {

    private Claims() {}

    /** Whether the replay of the event is looked up in more than one place, so that choose decides. */
    public static boolean needsChoice(Claim claim) {
        return claim.getLookups().size() > 1 || claim.getByEvent();
    }

    /** A claim with the same evidence, whose own fields may be set. */
    public static Claim copy(Claim claim) {
        Claim copy = new Claim();
        copy.setEvent(claim.getEvent());
        copy.setMethod(claim.getMethod());
        copy.setReplayId(claim.getReplayId());
        copy.setConfidence(claim.getConfidence());
        copy.setRevision(claim.getRevision());
        copy.setWithdrawn(claim.getWithdrawn());
        copy.setEvidence(claim.getEvidence());
        copy.setFlagged(claim.getFlagged());
        copy.setBuffering(claim.getBuffering());
        copy.setClient(claim.getClient());
        copy.setRoot(claim.getRoot());
        copy.setCall(claim.getCall());
        copy.setUser(claim.getUser());
        copy.setAddress(claim.getAddress());
        copy.setByEvent(claim.getByEvent());
        copy.setLookups(claim.getLookups());
        copy.setLookup(claim.getLookup());
        copy.setReason(claim.getReason());
        copy.setPathless(claim.getPathless());
        copy.setVerdicts(claim.getVerdicts());
        copy.setAnchorMs(claim.getAnchorMs());
        copy.setPageSeen(claim.getPageSeen());
        return copy;
    }
}
