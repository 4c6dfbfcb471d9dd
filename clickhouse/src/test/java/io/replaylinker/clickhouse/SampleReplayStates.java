package io.replaylinker.clickhouse;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;

/** Lives of the replays that {@link SampleLinks} link to, and verdicts on its events. */
final class SampleReplayStates {

    /** How long a sample replay lasts. */
    static final long LENGTH_MS = 90_000;

    private SampleReplayStates() {}

    /** A replay of 90 s that knows its organization. */
    static ReplayState.Builder builder(long number) {
        return ReplayState.newBuilder()
                .setReplayId(SampleLinks.replay(number))
                .setOrganizationId(1)
                .setProjectId(12)
                .setStartedMs(SampleLinks.START_MS)
                .setLastSeenMs(SampleLinks.START_MS + LENGTH_MS)
                .setLastSegmentId(17)
                .setRetentionDays(90)
                .setArchived(false)
                .setVersion(1);
    }

    static ReplayState replayState(long number) {
        return builder(number).build();
    }

    static Unlinked unlinked(long number, UnlinkedReason reason) {
        return unlinked(SampleLinks.event(number).setPlatform("node").build(), reason);
    }

    /** Of a backend error that names neither a replay nor says that there is one. */
    static Unlinked unclaimed(long number, UnlinkedReason reason) {
        return unclaimed(SampleLinks.event(number).setPlatform("node").build(), reason);
    }

    static Unlinked unclaimed(EventSummary event, UnlinkedReason reason) {
        return Unlinked.newBuilder()
                .setEvent(event)
                .setMethod(reason == UnlinkedReason.NO_EVIDENCE ? Method.UNKNOWN : Method.TRACE)
                .setReason(reason)
                .setWaitedMs(0)
                .setVersion(0)
                .setClaimed(false)
                .build();
    }

    static Unlinked unlinked(EventSummary event, UnlinkedReason reason) {
        return Unlinked.newBuilder()
                .setEvent(event)
                .setMethod(Method.REPLAY_ID)
                .setReplayId(SampleLinks.id(0x9999))
                .setReason(reason)
                .setWaitedMs(900_000)
                .setVersion(0)
                .build();
    }
}
