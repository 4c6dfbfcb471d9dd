package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The verdict that an event has no link. */
public final class Verdicts {

    private Verdicts() {}

    /** Whether the event names a replay or says that there is one. A trace alone claims none. */
    static boolean claimsReplay(Claim claim) {
        return claim.getFlagged() || !claim.getEvidence().isEmpty();
    }

    /**
     * Publishes that the wait is over without a link: of what claims a replay, and of each backend error, so that their share can be
     * reckoned. The others are counted, and so is what names a replay that was only buffered: nobody promised to send that.
     *
     * @return whether it is published
     */
    static boolean emit(JoinOutput output, Claim claim, UnlinkedReason reason, Duration waited) {
        boolean buffered = claim.getBuffering() && reason == UnlinkedReason.REPLAY_NOT_SEEN;
        boolean claimed = claimsReplay(claim) && !buffered;
        boolean published = claimed || isBackendError(claim);
        if (published) {
            output.unlinked(unlinked(claim, buffered ? UnlinkedReason.BUFFER_NOT_SENT : reason, waited, claimed));
        }
        if (!claimed) {
            output.unclaimed(buffered ? UnlinkedReason.BUFFER_NOT_SENT : reason);
        }
        return published;
    }

    /** The verdict on an event that nothing ties to any replay; null where nobody asks for it. */
    public static @Nullable Unlinked withoutEvidence(Claim claim) {
        return isBackendError(claim) ? unlinked(claim, UnlinkedReason.NO_EVIDENCE, Duration.ZERO, false) : null;
    }

    private static boolean isBackendError(Claim claim) {
        return !claim.getClient() && !claim.getCall() && !claim.getEvent().getOccurrence();
    }

    private static Unlinked unlinked(Claim claim, UnlinkedReason reason, Duration waited, boolean claimed) {
        Unlinked unlinked = new Unlinked();
        unlinked.setEvent(claim.getEvent());
        unlinked.setMethod(!claim.getEvidence().isEmpty() ? Method.REPLAY_ID : claimed ? Method.TRACE : Method.UNKNOWN);
        unlinked.setReplayId(claim.getReplayId());
        unlinked.setReason(reason);
        unlinked.setWaitedMs(waited.toMillis());
        unlinked.setVersion(0);
        unlinked.setClaimed(claimed);
        return unlinked;
    }
}
