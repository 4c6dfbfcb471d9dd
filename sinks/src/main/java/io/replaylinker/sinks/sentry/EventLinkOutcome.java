package io.replaylinker.sinks.sentry;

import io.replaylinker.clickhouse.EventKind;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import java.util.Locale;
import java.util.Set;

/** What becomes of a link on its way to Sentry. The first of the reasons against it that holds is the one that is counted. */
enum EventLinkOutcome {
    /** Told. */
    SENT,
    /** It is a retraction. Sentry knows no message that takes a link back, so what was told before stands there. */
    RETRACTED,
    /** The event is a transaction or a streamed segment span. */
    TRANSACTION,
    /** The event is of the issue platform (feedback, rage_click, performance, ...). Sentry counts errors and messages at replays alone. */
    OCCURRENCE,
    /** The event's level is none of Sentry's five; a message without an id at one of them stops Sentry's consumer. */
    UNKNOWN_LEVEL,
    /**
     * The event names its replay, and Sentry makes that link by itself. Not where the replay names the event ({@code error_id}): Sentry
     * reads the replay id of the event alone.
     */
    MADE_BY_SENTRY,
    /** No segment of the replay was seen. */
    UNCONFIRMED;

    private static final Set<String> LEVELS = Set.of("fatal", "error", "warning", "info", "debug");

    /** A function of its arguments alone, so that a redelivery is judged as the first delivery was. */
    static EventLinkOutcome of(Link link, EventLinkMode mode) {
        if (link.getDeleted()) {
            return RETRACTED;
        }
        EventKind kind = EventKind.of(link.getEvent());
        if (!kind.isError()) {
            return kind.isCall() ? TRANSACTION : OCCURRENCE;
        }
        if (!LEVELS.contains(level(link.getEvent()))) {
            return UNKNOWN_LEVEL;
        }
        return mode == EventLinkMode.ALL ? SENT : ofMissing(link);
    }

    private static EventLinkOutcome ofMissing(Link link) {
        // An unknown method may be an id: one link too few is better than one counted twice.
        if (link.getMethod() == Method.REPLAY_ID || link.getMethod() == Method.UNKNOWN) {
            return MADE_BY_SENTRY;
        }
        return link.getConfirmed() ? SENT : UNCONFIRMED;
    }

    /** Lower case, as Sentry has it. */
    static String level(EventSummary event) {
        return event.getLevel().toLowerCase(Locale.ROOT);
    }

    /** Lower case, for a metric's label. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
