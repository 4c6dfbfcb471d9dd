package io.replaylinker.topology.claim;

import org.jspecify.annotations.Nullable;

/**
 * The event time of the join: server receive time. Client clocks and forged values can only make the time of their own
 * event earlier, never later than the timestamp of the Kafka record.
 */
final class EventTime {

    /**
     * How far a server's receive time may be ahead of its record's timestamp: the clock difference of two servers, no
     * more.
     */
    static final long SKEW_MS = 10_000;

    private EventTime() {}

    /**
     * Receive time, or the timestamp of the record when there is none; at most {@link #SKEW_MS} ahead of the record.
     */
    static long received(@Nullable Long receivedMs, long recordMs) {
        return receivedMs == null || receivedMs <= 0 ? recordMs : Math.min(receivedMs, recordMs + SKEW_MS);
    }

    /** When the event happened: at most its receive time, which is also the default. */
    static long happened(@Nullable Long timestampMs, long receivedMs) {
        return timestampMs == null || timestampMs <= 0 ? receivedMs : Math.min(timestampMs, receivedMs);
    }
}
