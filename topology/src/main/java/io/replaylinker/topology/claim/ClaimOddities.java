package io.replaylinker.topology.claim;

/**
 * Receives notice of irregularities in an event's claim that stop nothing. They are counted, because a rise indicates
 * that an SDK changed.
 */
public interface ClaimOddities {

    ClaimOddities NONE = new ClaimOddities() {
        @Override
        public void malformedReplayId() {}

        @Override
        public void malformedTraceId() {}

        @Override
        public void replayIdsDisagree() {}
    };

    /** A replay id that is not 128 bits of hex; it is ignored. */
    void malformedReplayId();

    /** A trace id that is not 128 bits of hex; it is ignored. */
    void malformedTraceId();

    /** Two places of the event name different replays; the stronger place won. */
    void replayIdsDisagree();
}
