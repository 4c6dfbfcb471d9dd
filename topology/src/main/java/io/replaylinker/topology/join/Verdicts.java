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

    /** Whether the event names a replay or states that there is one. A trace alone claims none. */
    static boolean claimsReplay(Claim claim) {
        return claim.getFlagged() || !claim.getEvidence().isEmpty();
    }

    /**
     * Emits that the wait is over without a link. It is published for events that claim a replay, and for each backend
     * error, so that their share can be computed. All others are only counted. So are events that name a replay that
     * was only buffered, because it may never be sent.
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

    /** The verdict on an event that nothing ties to any replay; null where none is published. */
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
