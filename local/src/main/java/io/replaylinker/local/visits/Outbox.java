package io.replaylinker.local.visits;

import org.jspecify.annotations.Nullable;

/** Puts events and spans on their topics. */
final class Outbox {

    /** What a segment span's event id has behind its span id. */
    static final String ZEROS = "0000000000000000";

    private static final long INGESTION_MS = 15;

    private final Ledger ledger;

    Outbox(Ledger ledger) {
        this.ledger = ledger;
    }

    void error(EventJson event, long project, long recordMs) {
        ledger.send(Message.EVENTS, Long.toString(project), event.text(recordMs - INGESTION_MS), recordMs);
    }

    void transaction(EventJson event, long recordMs) {
        ledger.send(Message.TRANSACTIONS, null, event.text(recordMs - INGESTION_MS), recordMs);
    }

    void span(SpanJson span, long recordMs) {
        ledger.send(Message.SPANS, null, span.json(recordMs), recordMs);
    }

    /**
     * Keeps what is true of an event.
     *
     * @param stamped the replay id that the SDK or Relay put on the event, if any
     */
    void keep(Draft draft, String eventId, long deviceMs, @Nullable String stamped, String traceId) {
        ledger.event(draft, new Traffic.PlainEvent(eventId, deviceMs, stamped, traceId));
    }

    Ledger ledger() {
        return ledger;
    }
}
