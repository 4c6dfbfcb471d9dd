package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import java.time.Duration;

/** The verdict that an event has no link. */
final class Verdicts {

    private Verdicts() {}

    /** A trace alone claims no replay: an event that has nothing else is only counted. */
    static boolean claimsReplay(Claim claim) {
        return claim.getMethod() != Method.TRACE;
    }

    /** Tells that the wait is over without a link, or counts it where no replay was claimed. */
    static void tell(JoinOutput output, Claim claim, UnlinkedReason reason, Duration waited) {
        if (claimsReplay(claim)) {
            output.unlinked(unlinked(claim, reason, waited));
        } else {
            output.unclaimed(reason);
        }
    }

    private static Unlinked unlinked(Claim claim, UnlinkedReason reason, Duration waited) {
        Unlinked unlinked = new Unlinked();
        unlinked.setEvent(claim.getEvent());
        unlinked.setMethod(claim.getMethod());
        unlinked.setReplayId(claim.getReplayId());
        unlinked.setReason(reason);
        unlinked.setWaitedMs(waited.toMillis());
        unlinked.setVersion(0);
        return unlinked;
    }
}
