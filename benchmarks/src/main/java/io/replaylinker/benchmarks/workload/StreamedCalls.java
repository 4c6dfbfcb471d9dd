package io.replaylinker.benchmarks.workload;

import io.replaylinker.schemas.BackendEvent;

/**
 * Which calls come as streamed spans, as SDK 11 sends them, and not as a transaction: every other one of a server. Such a call has another
 * event id, made of the id of its outermost span.
 */
final class StreamedCalls {

    private static final String NO_EVENT_ID = "0".repeat(16);

    private StreamedCalls() {}

    /** A function of the event alone; browsers and errors are never streamed. */
    static boolean isStreamed(Occurrence at, BackendEvent event) {
        return event.getType().equals("transaction")
                && !"javascript".equals(event.getPlatform())
                && at.number() % 2 == 0;
    }

    /** 32 hex digits: the span id, and zeros. */
    static String eventId(BackendEvent event) {
        return event.getSpanId() + NO_EVENT_ID;
    }
}
