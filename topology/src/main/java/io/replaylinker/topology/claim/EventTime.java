package io.replaylinker.topology.claim;

import org.jspecify.annotations.Nullable;

/**
 * The one clock of the join: server receive time. Client clocks and forged values may only make a moment earlier for themselves,
 * never later than what the Kafka record itself says.
 */
final class EventTime {

    /** How far a server's receive time may be ahead of its record's timestamp: clocks of two servers, no more. */
    static final long SKEW_MS = 10_000;

    private EventTime() {}

    /** Receive time, or the record's own when there is none; at most {@link #SKEW_MS} ahead of the record. */
    static long received(@Nullable Long receivedMs, long recordMs) {
        return receivedMs == null || receivedMs <= 0 ? recordMs : Math.min(receivedMs, recordMs + SKEW_MS);
    }

    /** Something cannot have happened after it was received; without a time of its own it happened then. */
    static long happened(@Nullable Long timestampMs, long receivedMs) {
        return timestampMs == null || timestampMs <= 0 ? receivedMs : Math.min(timestampMs, receivedMs);
    }
}
