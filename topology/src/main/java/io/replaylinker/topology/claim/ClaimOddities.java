package io.replaylinker.topology.claim;

/** Told of what is strange in an event's claim but stops nothing; counted, because a rise means that an SDK changed. */
public interface ClaimOddities {

    ClaimOddities NONE = new ClaimOddities() {
        @Override
        public void malformedReplayId() {}

        @Override
        public void malformedTraceId() {}

        @Override
        public void replayIdsDisagree() {}
    };

    /** A replay id that is not 128 bits of hex: no claim of that kind. */
    void malformedReplayId();

    /** A trace id that is not 128 bits of hex: no claim of that kind. */
    void malformedTraceId();

    /** Two places of the event name different replays: the stronger place won. */
    void replayIdsDisagree();
}
